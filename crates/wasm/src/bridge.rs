//! From Rust's values to JavaScript's.

use js_sys::{Array, Error, Float64Array, JSON, Object, Reflect};
use playground::Timeline;
use playground::frame::Frame;
use serde::Serialize;
use wasm_bindgen::JsValue;

/// A value, or a thrown `Error`.
pub(crate) type Fallible<T> = Result<T, JsValue>;

/// A real `Error` with a message for a person.
pub(crate) fn fault(message: impl AsRef<str>) -> JsValue {
    Error::new(message.as_ref()).into()
}

/// The same, of a scenario that could not be opened; `needs` names the protocol whose engine can.
pub(crate) fn unopened(message: &str, needs: Option<&str>) -> JsValue {
    let error = fault(message);
    if let Some(protocol) = needs {
        // A property can always be set on a fresh object.
        let _ = Reflect::set(&error, &"needs".into(), &protocol.into());
    }
    error
}

/// A plain object.
pub(crate) fn to_js<T: Serialize>(value: &T) -> Fallible<JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|error| fault(error.to_string()))
}

/// A frame as a plain object: hundreds of small ones are read from a text faster than made one by one.
pub(crate) fn frame_to_js(frame: &Frame) -> Fallible<JsValue> {
    JSON::parse(&frame.to_json().map_err(fault)?)
}

/// A whole number as JavaScript holds it: exact up to 2^53.
#[expect(clippy::cast_precision_loss, reason = "times and sizes stay below 2^53")]
pub(crate) fn number(value: u64) -> f64 {
    value as f64
}

/// A timeline as an object of typed arrays.
pub(crate) fn rows(from: f64, to: f64, timeline: &Timeline) -> Fallible<Object> {
    let object = Object::new();
    let put = |key: &str, value: &JsValue| Reflect::set(&object, &key.into(), value).map(|_| ());
    put("from", &from.into())?;
    put("to", &to.into())?;
    put("known", &number(timeline.known).into())?;
    let columns = [
        ("lanes", &timeline.window.lanes),
        ("messages", &timeline.window.messages),
        ("marks", &timeline.window.marks),
        ("comb", &timeline.window.comb),
        ("beats", &timeline.window.beats),
    ];
    for (key, column) in columns {
        let numbers: Vec<f64> = column.iter().map(|value| number(*value)).collect();
        put(key, &Float64Array::from(numbers.as_slice()))?;
    }
    let ops = Array::new();
    for bar in &timeline.ops {
        let row = to_js(&bar.op)?;
        let known = |key: &str, value: &JsValue| Reflect::set(&row, &key.into(), value).map(|_| ());
        known("client", &f64::from(bar.client).into())?;
        known("from", &number(bar.stretch.0).into())?;
        known("to", &bar.stretch.1.map_or(JsValue::NULL, |at| number(at).into()))?;
        ops.push(&row);
    }
    put("ops", &ops)?;
    put("actions", &to_js(&timeline.actions)?)?;
    Ok(object)
}
