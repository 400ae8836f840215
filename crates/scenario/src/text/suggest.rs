//! What somebody may have meant.

use super::cursor::echo;

/// The message that there is no such thing, with the nearest one there is and, if they are few, all of them.
///
/// `what` is the thing (`message kind`), `whose` opens the list (`Raft's are`).
pub(crate) fn unknown(what: &str, word: &str, whose: &str, known: &[&str]) -> String {
    let mut message = format!("there is no {what} `{}`", echo(word));
    if let Some(near) = nearest(word, known) {
        message.push_str(&format!("; did you mean `{near}`?"));
    }
    if !known.is_empty() && known.len() <= 20 {
        let end = if message.ends_with('?') { " " } else { "; " };
        message.push_str(&format!("{end}{whose} {}", known.join(", ")));
    }
    message
}

/// The known word that differs in the fewest signs, if it differs in no more than a third of them.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    if word.is_empty() || word.len() > 40 {
        return None;
    }
    let scored = known.iter().map(|name| (distance(word, name), *name));
    let (far, name) = scored.min_by_key(|(far, _)| *far)?;
    (far <= 1 + word.len().min(name.len()) / 3).then_some(name)
}

/// How many signs must be put in, taken out or changed to make one word the other, whatever their case (Levenshtein).
fn distance(one: &str, two: &str) -> usize {
    let two = two.as_bytes();
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (i, a) in one.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in two.iter().enumerate() {
            let change = diagonal + usize::from(!a.eq_ignore_ascii_case(b));
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_the_word_that_was_meant_and_nonsense_finds_none() {
        assert_eq!(nearest("Prepair", &["Prepare", "Promise"]), Some("Prepare"));
        assert_eq!(nearest("electoin", &["election", "heartbeat"]), Some("election"));
        assert_eq!(nearest("zzz", &["election", "heartbeat"]), None);
        assert_eq!(nearest("", &["a"]), None);
    }
}
