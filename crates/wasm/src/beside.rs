//! Several protocols side by side.

use crate::bridge::{Fallible, fault, frame_to_js, rows, to_js};
use crate::protocol_time::micros;
use js_sys::Object;
use playground::{Room, Scale, Time, lay_beside};
use wasm_bindgen::prelude::*;

/// Runs of one scenario by two or three protocols, at the same instants.
#[wasm_bindgen]
pub struct Beside {
    beside: playground::Beside,
}

#[wasm_bindgen]
impl Beside {
    /// Those of a scenario in text form.
    #[wasm_bindgen(js_name = fromText)]
    pub fn from_text(text: &str) -> Fallible<Beside> {
        playground::Beside::of_text(text).map(|beside| Beside { beside }).map_err(fault)
    }

    /// A scenario in text form with other protocols beside its own, as text.
    pub fn lay(text: &str, others: Vec<String>) -> Fallible<String> {
        lay_beside(text, &others).map_err(fault)
    }

    /// All that is compared.
    pub fn comparison(&self) -> Fallible<JsValue> {
        to_js(self.beside.comparison())
    }

    /// What does not change during the run of one of them.
    pub fn info(&mut self, side: u32) -> Fallible<JsValue> {
        to_js(&playground::info(self.beside.run(side as usize).map_err(fault)?, None))
    }

    /// The timeline of one of them between two instants.
    pub fn window(&mut self, side: u32, from: f64, to: f64, pixels: u32) -> Fallible<Object> {
        let run = self.beside.run(side as usize).map_err(fault)?;
        let timeline = run.window(micros(from).0, micros(to).0, pixels.min(20_000), Scale::Time);
        rows(from, to, &timeline)
    }

    /// Everything at an instant of one of them.
    pub fn frame(&mut self, side: u32, at: f64) -> Fallible<JsValue> {
        let run = self.beside.run(side as usize).map_err(fault)?;
        run.seek_time(micros(at));
        frame_to_js(&run.frame_in(Room::PAGE))
    }

    /// The scenario as text.
    pub fn text(&self) -> String {
        self.beside.text()
    }

    /// The scenario as the part of a link after the #; opened at an instant, if one is given, where the reader has passed so
    /// many places at which the story waits.
    pub fn link(&mut self, at: Option<f64>, passed: Option<u16>) -> Fallible<String> {
        let at: Option<Time> = at.map(micros);
        self.beside.link(at.map(|at| (at, passed.unwrap_or(0)))).map_err(fault)
    }
}
