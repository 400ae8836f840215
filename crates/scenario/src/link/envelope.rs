//! What is around the data of a link: versions, fingerprint, check.

use super::{ENGINE, LinkError};
use crate::limits;
use protocol::Digest;

/// The version of the link form.
const FORMAT: u32 = 1;
const BASE_62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE_64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const FINGERPRINT: usize = 5;
const CHECK: usize = 3;

pub(super) struct Envelope {
    pub(super) engine: u16,
    pub(super) data: Vec<u8>,
    pub(super) fingerprint: u32,
}

/// As much of a fingerprint as a link holds: about 30 bits.
pub fn short(fingerprint: u64) -> u32 {
    remainder(fingerprint, FINGERPRINT)
}

/// The number modulo 62 to the `digits`.
fn remainder(number: u64, digits: usize) -> u32 {
    let modulus = (0..digits).fold(1_u64, |product, _| product * 62);
    u32::try_from(number % modulus).unwrap_or(0)
}

impl Envelope {
    /// The whole link, without a readable part.
    pub(super) fn seal(&self) -> String {
        let mut link = digits(FORMAT, 1);
        if self.engine < 62 {
            link += &digits(u32::from(self.engine), 1);
        } else {
            link.push('-');
            link += &digits(u32::from(self.engine), 2);
        }
        link += &six_bits(&self.data);
        link += &digits(self.fingerprint, FINGERPRINT);
        link += &check(&link);
        link
    }

    /// Opens a link without a readable part. The check comes first: what does not pass it was not made by anybody's
    /// engine. Then the version: what a newer one wrote cannot be read any further.
    pub(super) fn open(link: &str) -> Result<Envelope, LinkError> {
        if link.is_empty() {
            return Err(LinkError::Empty);
        }
        if link.len() > limits::LINK {
            return Err(LinkError::TooLong(link.len()));
        }
        if let Some(sign) = link.chars().find(|sign| !BASE_64.contains(&u8::try_from(*sign).unwrap_or(0))) {
            return Err(LinkError::Sign(sign));
        }
        let (body, sum) =
            link.split_at_checked(link.len().saturating_sub(CHECK)).ok_or(LinkError::Damaged)?;
        if check(body) != sum {
            return Err(LinkError::Damaged);
        }
        let (format, rest) = body.split_at_checked(1).ok_or(LinkError::Damaged)?;
        match value(format) {
            Some(FORMAT) => {}
            Some(newer) if newer > FORMAT => return Err(LinkError::Newer),
            _ => return Err(LinkError::Damaged),
        }
        let (engine, rest) = match rest.strip_prefix('-') {
            Some(rest) => rest.split_at_checked(2).ok_or(LinkError::Damaged)?,
            None => rest.split_at_checked(1).ok_or(LinkError::Damaged)?,
        };
        let engine = value(engine).and_then(|engine| u16::try_from(engine).ok()).ok_or(LinkError::Damaged)?;
        if engine > ENGINE {
            return Err(LinkError::Newer);
        }
        let at = rest.len().checked_sub(FINGERPRINT).ok_or(LinkError::Damaged)?;
        let (data, fingerprint) = rest.split_at(at);
        let fingerprint = value(fingerprint).ok_or(LinkError::Damaged)?;
        Ok(Envelope { engine, data: bytes(data), fingerprint })
    }
}

fn check(text: &str) -> String {
    let mut digest = Digest::default();
    digest.text(text);
    digits(remainder(digest.finish(), CHECK), CHECK)
}

/// A number in base 62, with leading zeros.
fn digits(mut number: u32, count: usize) -> String {
    let mut text = Vec::new();
    for _ in 0..count {
        text.push(char::from(BASE_62[(number % 62) as usize]));
        number /= 62;
    }
    text.iter().rev().collect()
}

/// The number that these digits make, unless one is none or it is too large.
fn value(digits: &str) -> Option<u32> {
    digits.bytes().try_fold(0_u32, |number, digit| {
        let place = BASE_62.iter().position(|known| *known == digit)?;
        number.checked_mul(62)?.checked_add(u32::try_from(place).ok()?)
    })
}

/// Bytes as signs of six bits. `A` is zero, and zeros at the end are left away.
fn six_bits(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group = (0..3).fold(0_usize, |group, i| group << 8 | usize::from(*chunk.get(i).unwrap_or(&0)));
        (0..4).rev().for_each(|i| text.push(char::from(BASE_64[group >> (6 * i) & 63])));
    }
    text.truncate(text.trim_end_matches('A').len());
    text
}

fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for chunk in text.as_bytes().chunks(4) {
        let group = (0..4).fold(0_u32, |group, i| {
            let place = chunk.get(i).and_then(|sign| BASE_64.iter().position(|known| known == sign));
            group << 6 | u32::try_from(place.unwrap_or(0)).unwrap_or(0)
        });
        bytes.extend_from_slice(&group.to_be_bytes()[1..]);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_survive_the_signs() {
        for length in 0..20_u8 {
            let data: Vec<u8> = (0..length).map(|i| i.wrapping_mul(83) ^ 0xa5).collect();
            let back = bytes(&six_bits(&data));
            assert!(back.starts_with(&data) && back[data.len()..].iter().all(|byte| *byte == 0));
        }
    }

    #[test]
    fn an_engine_of_any_number_has_its_place() {
        for engine in [0, 1, 61, 62, 3_843] {
            let link = Envelope { engine, data: vec![1, 2, 3], fingerprint: 77 }.seal();
            let opened = Envelope::open(&link);
            match opened {
                Ok(envelope) => assert_eq!((envelope.engine, envelope.fingerprint), (engine, 77)),
                Err(error) => assert!(engine > ENGINE && error == LinkError::Newer, "{engine}: {error}"),
            }
        }
    }
}
