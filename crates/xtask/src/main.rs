//! Build steps that are easier in Rust than in a script, so that nobody installs a tool by hand.
//!
//! There is one so far: `xtask bindgen MODULE.wasm FOLDER NAME` writes, beside a copy of the compiled engine, the
//! JavaScript and the type declarations through which the page calls it. The wasm-bindgen command line would do
//! the same, but it is a separate download whose version must match the library's to the digit; as a crate, both
//! halves are pinned by one `Cargo.lock`.

use std::path::Path;
use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

const USAGE: &str = "usage: xtask bindgen MODULE.wasm FOLDER NAME";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["bindgen", module, folder, name] => bindgen(Path::new(module), Path::new(folder), name),
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

/// Writes the bindings for a page that loads modules by itself (`--target web`): `NAME.js`, `NAME.d.ts` and
/// `NAME_bg.wasm`. Names stay: wasm-opt puts alike functions side by side by their names, and drops the names
/// afterwards. The producers section is for debuggers.
fn bindgen(module: &Path, folder: &Path, name: &str) -> Result<(), String> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name(name).typescript(true);
    bindgen.remove_producers_section(true);
    bindgen.web(true).map_err(|why| why.to_string())?;
    bindgen.generate(folder).map_err(|why| format!("cannot write bindings for {}: {why:#}", module.display()))
}
