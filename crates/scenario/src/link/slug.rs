//! The readable part of a link.

/// The longest readable part.
pub(super) const MOST: usize = 60;

/// Words as the readable part of a link: small letters, digits, and `-` between words, cut at a word's end.
/// Letters of other alphabets are left away; the part may be empty.
pub fn slug(words: &str) -> String {
    let mut slug = String::new();
    for word in words.split(parts_words) {
        let plain: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        if plain.is_empty() || plain.len() + slug.len() >= MOST {
            if plain.is_empty() { continue } else { break }
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&plain.to_ascii_lowercase());
    }
    slug
}

/// True for blanks, and for punctuation, dashes too, except the apostrophe. Simple, since the part is only decoration.
fn parts_words(sign: char) -> bool {
    let punctuation = sign.is_ascii() && !sign.is_ascii_alphanumeric() && sign != '\'';
    punctuation || matches!(sign, '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_small_letters_with_hyphens() {
        assert_eq!(slug("A follower is cut off"), "a-follower-is-cut-off");
        assert_eq!(slug("What's \"n1\" <b>doing</b>?"), "whats-n1-b-doing-b");
        assert_eq!(slug("日本語"), "");
        assert!(slug(&"word ".repeat(100)).len() <= MOST);
    }
}
