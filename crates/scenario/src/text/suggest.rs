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
        message.push_str(if message.ends_with('?') { " " } else { "; " });
        message.push_str(&format!("{whose} {}", known.join(", ")));
    }
    message
}

/// The known word that differs in the fewest signs, if it differs in one, or in no more than a third of them.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    if word.is_empty() || word.len() > 40 {
        return None;
    }
    let scored = known.iter().map(|name| (distance(word, name), *name));
    let (far, name) = scored.min_by_key(|(far, _)| *far)?;
    (far <= (word.len().min(name.len()) / 3).max(1)).then_some(name)
}

/// How many signs must be put in, taken out, changed or swapped with their neighbour to make one word the other,
/// whatever their case (Damerau, Levenshtein).
fn distance(one: &str, two: &str) -> usize {
    let (one, two) = (one.to_ascii_lowercase(), two.to_ascii_lowercase());
    let (one, two) = (one.as_bytes(), two.as_bytes());
    let mut above: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for i in 0..one.len() {
        let mut next = vec![i + 1];
        for j in 0..two.len() {
            let change = row[j] + usize::from(one[i] != two[j]);
            let mut least = change.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && one[i] == two[j - 1] && one[i - 1] == two[j] {
                least = least.min(above[j - 1] + 1);
            }
            next.push(least);
        }
        above = std::mem::replace(&mut row, next);
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
