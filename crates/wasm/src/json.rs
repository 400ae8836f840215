//! Views as JSON text, for the browser's own `JSON.parse`: an object that is built in one call is ten times cheaper
//! than one that is built field by field across the boundary.
//!
//! Only what the views are made of can be written: flags, whole numbers, texts, lists, objects and options. Anything
//! else is a mistake of ours and panics.

use serde::ser::{self, Impossible, Serialize};
use std::fmt::{self, Display, Write};

/// A view as JSON.
pub(crate) fn text<T: Serialize>(view: &T) -> String {
    let mut writer = Writer { text: String::new() };
    match view.serialize(&mut writer) {
        Ok(()) => writer.text,
    }
}

struct Writer {
    text: String,
}

impl Writer {
    fn number(&mut self, value: impl Display) -> Written {
        // Writing into a String cannot fail.
        let _ = write!(self.text, "{value}");
        Ok(())
    }

    fn string(&mut self, value: &str) -> Written {
        self.text.push('"');
        let mut plain = 0; // what stands before here is written
        for (at, byte) in value.bytes().enumerate() {
            if byte >= b' ' && byte != b'"' && byte != b'\\' {
                continue;
            }
            self.text.push_str(&value[plain..at]);
            let _ = write!(self.text, "\\u{byte:04x}");
            plain = at + 1;
        }
        self.text.push_str(&value[plain..]);
        self.text.push('"');
        Ok(())
    }

    fn open(&mut self, bracket: char, close: char) -> Inside<'_> {
        self.text.push(bracket);
        Inside { writer: self, close, first: true }
    }
}

/// A list or an object that is being written.
struct Inside<'a> {
    writer: &'a mut Writer,
    close: char,
    first: bool,
}

impl Inside<'_> {
    fn separate(&mut self) {
        if !std::mem::take(&mut self.first) {
            self.writer.text.push(',');
        }
    }

    fn key(&mut self, key: &str) {
        self.separate();
        let Ok(()) = self.writer.string(key);
        self.writer.text.push(':');
    }

    fn close(self) -> Written {
        self.writer.text.push(self.close);
        Ok(())
    }
}

type Written = Result<(), Never>;

/// What cannot happen: a text takes whatever is written into it.
#[derive(Debug)]
enum Never {}

impl Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: Display>(message: T) -> Never {
        panic!("a view cannot be written: {message}")
    }
}

macro_rules! numbers {
    ($($method:ident $kind:ty)*) => {
        $(fn $method(self, value: $kind) -> Written {
            self.number(value)
        })*
    };
}

macro_rules! not_in_views {
    ($($method:ident($($kind:ty),*) -> $written:ty;)*) => {
        $(fn $method(self, $(_: $kind),*) -> Result<$written, Never> {
            panic!("no view holds this")
        })*
    };
}

impl<'a> ser::Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Inside<'a>;
    type SerializeTuple = Inside<'a>;
    type SerializeTupleStruct = Impossible<(), Never>;
    type SerializeTupleVariant = Impossible<(), Never>;
    type SerializeMap = Inside<'a>;
    type SerializeStruct = Inside<'a>;
    type SerializeStructVariant = Impossible<(), Never>;

    numbers! {
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32 serialize_i64 i64
        serialize_u8 u8 serialize_u16 u16 serialize_u32 u32 serialize_u64 u64
    }

    not_in_views! {
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_tuple_struct(&'static str, usize) -> Impossible<(), Never>;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Impossible<(), Never>;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Impossible<(), Never>;
    }

    fn serialize_bool(self, value: bool) -> Written {
        self.text.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_char(self, value: char) -> Written {
        self.string(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Written {
        self.string(value)
    }

    fn serialize_none(self) -> Written {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.text.push_str("null");
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Written {
        panic!("no view holds this")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'a>, Never> {
        Ok(self.open('[', ']'))
    }

    fn serialize_tuple(self, _: usize) -> Result<Inside<'a>, Never> {
        Ok(self.open('[', ']'))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'a>, Never> {
        Ok(self.open('{', '}'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside<'a>, Never> {
        Ok(self.open('{', '}'))
    }
}

impl ser::SerializeSeq for Inside<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.separate();
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl ser::SerializeTuple for Inside<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        ser::SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl ser::SerializeMap for Inside<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        self.separate();
        key.serialize(&mut *self.writer)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.writer.text.push(':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl ser::SerializeStruct for Inside<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Written {
        self.key(key);
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Written {
        self.close()
    }
}
