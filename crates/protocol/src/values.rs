//! The values of a rule's sentence.

use crate::{ClientId, Index, NodeId, Term};

/// What a firing's sentence may speak of: a number, or something that has one.
pub trait Value: Copy {
    /// The number, or the largest there is if it is larger.
    fn value(self) -> i32;
}

impl Value for NodeId {
    fn value(self) -> i32 {
        self.0.into()
    }
}

impl Value for ClientId {
    fn value(self) -> i32 {
        self.0.into()
    }
}

impl Value for Term {
    fn value(self) -> i32 {
        Term::value(self)
    }
}

impl Value for i32 {
    fn value(self) -> i32 {
        self
    }
}

impl Value for u32 {
    fn value(self) -> i32 {
        i32::try_from(self).unwrap_or(i32::MAX)
    }
}

impl Value for Index {
    fn value(self) -> i32 {
        i32::try_from(self).unwrap_or(i32::MAX)
    }
}

impl Value for usize {
    fn value(self) -> i32 {
        i32::try_from(self).unwrap_or(i32::MAX)
    }
}

/// The values of a firing, in the order in which the rule's sentences use them.
#[macro_export]
macro_rules! values {
    ($($value:expr),*) => { $crate::four([$($crate::Value::value($value)),*]) };
}

/// Fills up with zeros.
pub fn four<const N: usize>(some: [i32; N]) -> [i32; 4] {
    let mut values = [0; 4];
    values[..N].copy_from_slice(&some);
    values
}
