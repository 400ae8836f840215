//! A search for what breaks, as a worker drives it: slice by slice, so that it can tell how far it is and be stopped.

use crate::bridge::{Fallible, fault, to_js};
use playground::{Hunt, Lookup};
use wasm_bindgen::prelude::*;

/// A search for a run that breaks a promise. Freeing it cancels it.
#[wasm_bindgen]
pub struct Search {
    hunt: Hunt,
}

#[wasm_bindgen]
impl Search {
    /// A search among runs of a protocol without some rules. Each run draws its own number of servers and options.
    #[wasm_bindgen(js_name = ofProtocol)]
    pub fn of_protocol(protocol: &str, without: Vec<String>, seed: u32, runs: u32) -> Fallible<Search> {
        let without: Vec<&str> = without.iter().map(String::as_str).collect();
        begin(Lookup::of_protocol(protocol, &without, seed.into(), runs))
    }

    /// A search among runs with the settings of a scenario, without some more rules than it leaves out.
    #[wasm_bindgen(js_name = ofText)]
    pub fn of_text(text: &str, without: Vec<String>, seed: u32, runs: u32) -> Fallible<Search> {
        let without: Vec<&str> = without.iter().map(String::as_str).collect();
        begin(Lookup::of_text(text, &without, seed.into(), runs))
    }

    /// Goes on for about so many events. False if it is over.
    pub fn advance(&mut self, events: u32) -> bool {
        self.hunt.advance(events)
    }

    /// How it stands, and what it has found.
    pub fn view(&self) -> Fallible<JsValue> {
        to_js(&self.hunt.view())
    }
}

fn begin(lookup: Result<Lookup, String>) -> Fallible<Search> {
    lookup.and_then(Hunt::new).map(|hunt| Search { hunt }).map_err(fault)
}
