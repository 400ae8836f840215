//! Build steps that are easier in Rust than in a script, so that nobody installs a tool by hand.
//!
//! There is one so far: `xtask bindgen MODULE.wasm FOLDER` writes, beside a copy of the compiled engine, the
//! JavaScript and the type declarations through which the page calls it. The wasm-bindgen command line would do
//! the same, but it is a separate download whose version must match the library's to the digit; as a crate, both
//! halves are pinned by one `Cargo.lock`.

use std::path::Path;
use std::process::ExitCode;

use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};
use wasm_bindgen_cli_support::Bindgen;

/// What the files are called: `engine.js`, `engine.d.ts`, `engine_bg.wasm`.
const OUT_NAME: &str = "engine";

const USAGE: &str = "usage: xtask bindgen MODULE.wasm FOLDER";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["bindgen", module, folder] => bindgen(Path::new(module), Path::new(folder)),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the bindings for a page that loads modules by itself (`--target web`). Names stay: wasm-opt puts alike
/// functions side by side by their names, and drops the names afterwards. The producers section is for debuggers.
fn bindgen(module: &Path, folder: &Path) -> Result<(), String> {
    let mut engine =
        Module::from_file(module).map_err(|why| format!("cannot read {}: {why:#}", module.display()))?;
    silence_panics(&mut engine);
    let mut bindgen = Bindgen::new();
    bindgen.input_module(OUT_NAME, engine).typescript(true);
    bindgen.remove_producers_section(true);
    bindgen.web(true).map_err(|why| why.to_string())?;
    bindgen.generate(folder).map_err(|why| format!("cannot write bindings for {}: {why:#}", module.display()))
}

/// Where panics begin, by what their compiled names contain.
const PANICS: [&str; 9] = [
    "core9panicking",
    "std9panicking",
    "core6option13expect_failed",
    "core6option13unwrap_failed",
    "core6result13unwrap_failed",
    "slice_index_fail",
    "slice_error_fail",
    "assert_failed",
    "len_mismatch_fail",
];

/// Lets every panic trap at once instead of building a message first: the messages, and where in the source they come
/// from, are a tenth of the engine. Whoever wants to read them plays the same link natively.
fn silence_panics(module: &mut Module) {
    let begins_panic = |name: &Option<String>| {
        name.as_ref().is_some_and(|name| PANICS.iter().any(|panic| name.contains(panic)))
    };
    let panics: Vec<FunctionId> = module
        .funcs
        .iter_local()
        .filter(|(id, _)| begins_panic(&module.funcs.get(*id).name))
        .map(|(id, _)| id)
        .collect();
    for panic in panics {
        let (params, results) = module.types.params_results(module.funcs.get(panic).ty());
        let (params, results) = (params.to_vec(), results.to_vec());
        let mut trap = FunctionBuilder::new(&mut module.types, &params, &results);
        trap.func_body().unreachable();
        let args = params.iter().map(|kind| module.locals.add(*kind)).collect();
        module.funcs.get_mut(panic).kind = FunctionKind::Local(trap.local_func(args));
    }
}
