//! The engine as JavaScript sees it: a skin of `wasm-bindgen` over [`playground`], without a decision of its own.
//!
//! A `Run` is a run of one scenario. Its methods are those of [`playground::Run`], under the names that JavaScript
//! expects; the page's `engine-types.d.ts` is their documentation. Views cross as plain objects (maps as objects, whole
//! numbers up to 2^53), timelines as typed arrays. Whatever goes wrong is thrown as an `Error` whose message a person
//! can act on. After a panic (an error of ours, printed to the console) the instance must be thrown away: a new one can
//! be opened from the last text or link.

mod bridge;

use bridge::{Fallible, fault, frame_to_js, rows, to_js};
use js_sys::{Array, Object};
use playground::{OpenAt, Opened, Room, Scale, Timeline};
use protocol_time::micros;
use wasm_bindgen::prelude::*;

#[cfg(feature = "beside")]
mod beside;
mod protocol_time;
#[cfg(feature = "search")]
mod search;

/// Prints panics to the console. Runs once, when the module is loaded.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// A run of one scenario.
#[wasm_bindgen]
pub struct Run {
    run: Box<dyn playground::Run>,
    open_at: Option<OpenAt>,
    differs: Option<String>,
}

impl From<Opened> for Run {
    fn from(opened: Opened) -> Run {
        if let Some(differs) = &opened.differs {
            // For those who embed the engine without showing the notice.
            web_sys::console::warn_1(&differs.into());
        }
        Run { run: opened.run, open_at: opened.open_at, differs: opened.differs }
    }
}

#[wasm_bindgen]
impl Run {
    /// Opens a scenario in text form.
    #[wasm_bindgen(js_name = fromText)]
    pub fn from_text(text: &str) -> Fallible<Run> {
        playground::open_text(text)
            .map(Run::from)
            .map_err(|why| bridge::unopened(&why, playground::text_elsewhere(text)))
    }

    /// Opens the part of a link after the #, in either form.
    #[wasm_bindgen(js_name = fromLink)]
    pub fn from_link(fragment: &str) -> Fallible<Run> {
        playground::open_link(fragment)
            .map(Run::from)
            .map_err(|why| bridge::unopened(&why, playground::link_elsewhere(fragment)))
    }

    /// What does not change during the run.
    pub fn info(&self) -> Fallible<JsValue> {
        to_js(&playground::info(self.run.as_ref(), self.open_at))
    }

    /// What to tell the reader if the link was made by an engine that played the run differently.
    pub fn differs(&self) -> Option<String> {
        self.differs.clone()
    }

    /// Everything at the cursor that a page shows.
    pub fn frame(&self) -> Fallible<JsValue> {
        frame_to_js(&self.run.frame_in(Room::PAGE))
    }

    /// The same as JSON, for whoever takes it to another thread.
    #[wasm_bindgen(js_name = frameText)]
    pub fn frame_text(&self) -> Fallible<String> {
        self.run.frame_in(Room::PAGE).to_json().map_err(fault)
    }

    /// What is shown only to those who look into a server.
    pub fn inside(&self, node: &str) -> Fallible<JsValue> {
        to_js(&self.run.inside(node).map_err(fault)?)
    }

    /// The clients with all that they asked for.
    pub fn clients(&self) -> Fallible<JsValue> {
        to_js(&self.run.clients())
    }

    /// One event on.
    pub fn step(&mut self) -> bool {
        self.run.step()
    }

    /// One event back.
    #[wasm_bindgen(js_name = stepBack)]
    pub fn step_back(&mut self) -> bool {
        self.run.step_back()
    }

    /// To the next moment, or turning point; at most to where the story waits or ends.
    #[wasm_bindgen(js_name = nextMoment)]
    pub fn next_moment(&mut self, turning: bool) -> bool {
        self.run.to_moment(true, turning)
    }

    /// To the previous moment, or turning point.
    #[wasm_bindgen(js_name = previousMoment)]
    pub fn previous_moment(&mut self, turning: bool) -> bool {
        self.run.to_moment(false, turning)
    }

    /// On in time, at most to where the scenario waits.
    pub fn run(&mut self, until: f64) -> f64 {
        bridge::number(self.run.run(micros(until)).0)
    }

    /// To a position.
    pub fn seek(&mut self, position: u32) {
        self.run.seek(position);
    }

    /// To an instant.
    #[wasm_bindgen(js_name = seekTime)]
    pub fn seek_time(&mut self, at: f64) {
        self.run.seek_time(micros(at));
    }

    /// Makes the run known up to an instant.
    pub fn ahead(&mut self, until: f64) -> f64 {
        bridge::number(self.run.ahead(micros(until)).0)
    }

    /// Passes the line at which the scenario waits. The answer is the reader's own: the run decides.
    pub fn proceed(&mut self, _answer: Option<u32>) {
        self.run.proceed();
    }

    /// Leaves the script here.
    pub fn leave(&mut self) {
        self.run.leave();
    }

    /// To a step of the story, by its line.
    #[wasm_bindgen(js_name = seekLine)]
    pub fn seek_line(&mut self, line: u32) {
        self.run.seek_line(line as usize);
    }

    /// Back to the story, to where it was left.
    #[wasm_bindgen(js_name = toStory)]
    pub fn back_to_story(&mut self) {
        self.run.back_to_story();
    }

    /// The timeline between two instants, or two positions.
    pub fn window(&mut self, from: f64, to: f64, pixels: u32, scale: &str) -> Fallible<Object> {
        let scale = match scale {
            "time" => Scale::Time,
            "steps" => Scale::Steps,
            other => return Err(fault(format!("a timeline has the scale “time” or “steps”, not “{other}”"))),
        };
        let timeline: Timeline = self.run.window(micros(from).0, micros(to).0, pixels.min(10_000), scale);
        rows(from, to, &timeline)
    }

    /// What a server or a client has heard from the others.
    pub fn heard(&self, place: &str) -> Fallible<JsValue> {
        to_js(&self.run.heard(place))
    }

    /// An event in full.
    pub fn explain(&mut self, position: u32) -> Fallible<JsValue> {
        to_js(&self.run.explain(position).map_err(fault)?)
    }

    /// Why something is as it is.
    pub fn why(&self, about: &str) -> Fallible<JsValue> {
        to_js(&self.run.why(about).map_err(fault)?)
    }

    /// The moments between two positions.
    pub fn moments(&self, from: u32, to: u32) -> Fallible<JsValue> {
        to_js(&self.run.moments(from, to))
    }

    /// Every rule.
    pub fn rules(&mut self) -> Fallible<JsValue> {
        to_js(&self.run.rules())
    }

    /// The same schedule with a rule switched on or off.
    #[wasm_bindgen(js_name = switchRule)]
    pub fn switch_rule(&mut self, rule: &str, on: bool) -> Fallible<()> {
        self.run.switch_rule(rule, on).map_err(fault)
    }

    /// To the next or previous event during which a rule spoke.
    #[wasm_bindgen(js_name = toFiring)]
    pub fn to_firing(&mut self, rule: &str, forward: bool) -> bool {
        self.run.to_firing(rule, forward)
    }

    /// How the links treat messages now.
    pub fn links(&self) -> Fallible<JsValue> {
        to_js(&self.run.links())
    }

    /// What can be done to a target.
    pub fn actions(&self, target: &str) -> Fallible<JsValue> {
        to_js(&self.run.actions(target))
    }

    /// Does what a line of scenario text says.
    pub fn act(&mut self, line: &str) -> Fallible<()> {
        self.run.act(line).map_err(fault)
    }

    /// A client asks for something, of a server or of whom it believes to lead.
    pub fn submit(&mut self, client: &str, target: Option<String>, command: &str) -> Fallible<()> {
        match target {
            Some(target) => self.act(&format!("submit {client} -> {target} {command}")),
            None => self.act(&format!("submit {client} {command}")),
        }
    }

    /// A server crashes.
    pub fn crash(&mut self, node: &str) -> Fallible<()> {
        self.act(&format!("crash {node}"))
    }

    /// A server starts again.
    pub fn restart(&mut self, node: &str) -> Fallible<()> {
        self.act(&format!("restart {node}"))
    }

    /// A server freezes.
    pub fn pause(&mut self, node: &str) -> Fallible<()> {
        self.act(&format!("pause {node}"))
    }

    /// A server goes on.
    pub fn resume(&mut self, node: &str) -> Fallible<()> {
        self.act(&format!("resume {node}"))
    }

    /// A server's writes reach its disk.
    pub fn sync(&mut self, node: &str) -> Fallible<()> {
        self.act(&format!("sync {node}"))
    }

    /// A server loses its disk.
    pub fn wipe(&mut self, node: &str) -> Fallible<()> {
        self.act(&format!("wipe {node}"))
    }

    /// A server's timer fires.
    pub fn fire(&mut self, node: &str, timer: &str) -> Fallible<()> {
        self.act(&format!("fire {node} {timer}"))
    }

    /// A link is cut, in both directions or in one.
    pub fn cut(&mut self, from: &str, to: &str, both: bool) -> Fallible<()> {
        self.act(&format!("cut {from}{}{to}", if both { "<->" } else { "->" }))
    }

    /// A link works again.
    pub fn mend(&mut self, a: &str, b: &str) -> Fallible<()> {
        self.act(&format!("mend {a}<->{b}"))
    }

    /// The network is cut into groups: an array of arrays of names.
    pub fn partition(&mut self, groups: &Array) -> Fallible<()> {
        let groups: Vec<String> =
            groups.iter().map(|group| String::from(Array::from(&group).join(" "))).collect();
        self.act(&format!("partition {}", groups.join(" | ")))
    }

    /// Every cut is mended.
    pub fn heal(&mut self) -> Fallible<()> {
        self.act("heal")
    }

    /// A message arrives now.
    pub fn deliver(&mut self, message: u32) -> Fallible<()> {
        self.act(&self.run.message_line("deliver", message).map_err(fault)?)
    }

    /// A message is lost now.
    pub fn drop(&mut self, message: u32) -> Fallible<()> {
        self.act(&self.run.message_line("drop", message).map_err(fault)?)
    }

    /// A message is doubled.
    pub fn duplicate(&mut self, message: u32) -> Fallible<()> {
        self.act(&self.run.message_line("duplicate", message).map_err(fault)?)
    }

    /// A message takes longer, by so many microseconds.
    pub fn delay(&mut self, message: u32, micros: u32) -> Fallible<()> {
        let line = self.run.message_line("delay", message).map_err(fault)?;
        self.act(&format!("{line} by {micros}us"))
    }

    /// Every way through the run.
    pub fn branches(&self) -> Fallible<JsValue> {
        to_js(&self.run.branches())
    }

    /// Goes over to a branch.
    #[wasm_bindgen(js_name = switchBranch)]
    pub fn switch_branch(&mut self, id: u32) -> Fallible<()> {
        self.run.switch_branch(id as usize).map_err(fault)
    }

    /// The scenario as text.
    pub fn text(&self) -> String {
        self.run.text()
    }

    /// The scenario as the part of a link after the #.
    pub fn link(&mut self, at_cursor: bool) -> Fallible<String> {
        self.run.link(at_cursor).map_err(fault)
    }

    /// The scenario as text if an answer to the question in a line were right.
    #[wasm_bindgen(js_name = asTold)]
    pub fn as_told(&self, line: u32, answer: u32) -> Fallible<String> {
        self.run.as_told(line as usize, answer as usize).map_err(fault)
    }

    /// The fingerprint of the run up to the cursor, 16 hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        format!("{:016x}", self.run.fingerprint(self.run.position()))
    }

    /// The trace lines of the known events from a position on.
    pub fn lines(&mut self, from: u32, most: u32) -> Vec<String> {
        self.run.lines(from, most)
    }

    /// Roughly how many bytes the record of the run takes.
    pub fn weight(&self) -> f64 {
        bridge::number(self.run.weight())
    }
}

/// Every protocol: its key and its name.
#[wasm_bindgen]
pub fn protocols() -> Fallible<JsValue> {
    let names: Vec<[&str; 2]> =
        playground::dialects().iter().map(|dialect| [dialect.key, dialect.name]).collect();
    to_js(&names)
}
