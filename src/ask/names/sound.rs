//! How names sound: their pinyin without tones, by which names typed in Latin letters or with a character of the same
//! sound are found.

use pinyin::{ToPinyin, ToPinyinMulti};

/// Most ways of reading one name that are filed.
const MOST_WAYS: usize = 8;

/// The first way of reading a text: syllables for Chinese characters, everything else but spaces as it is.
pub(super) fn sound(text: impl Iterator<Item = char>) -> String {
    let mut sound = String::new();
    for c in text.filter(|c| *c != ' ') {
        match c.to_pinyin() {
            Some(syllable) => sound.push_str(syllable.plain()),
            None => sound.push(c),
        }
    }
    sound
}

/// Every way of reading a name, up to eight, the first one first.
pub(super) fn sounds(name: &str) -> Vec<String> {
    let mut ways = vec![String::new()];
    for c in name.chars().filter(|c| *c != ' ') {
        let mut syllables: Vec<&str> = Vec::new();
        for syllable in c.to_pinyin_multi().into_iter().flatten() {
            if !syllables.contains(&syllable.plain()) {
                syllables.push(syllable.plain());
            }
        }
        if syllables.is_empty() {
            ways.iter_mut().for_each(|way| way.push(c));
            continue;
        }
        syllables.truncate(if ways.len() * syllables.len() > MOST_WAYS { 1 } else { syllables.len() });
        let longer = |way: &String| syllables.iter().map(|syllable| format!("{way}{syllable}")).collect::<Vec<_>>();
        ways = ways.iter().flat_map(longer).collect();
    }
    ways
}

/// FNV-1a over the bytes of a sound.
pub(super) fn hash(sound: &str) -> u64 {
    sound.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// True for characters that have a sound.
pub(super) fn is_spoken(c: char) -> bool {
    c.to_pinyin().is_some()
}

/// True if two names of equal length differ in exactly one character, both Chinese.
pub(super) fn one_slip(typed: &[char], name: &str) -> bool {
    let name: Vec<char> = name.chars().collect();
    let mut slips = typed.iter().zip(&name).filter(|(a, b)| a != b);
    let first = slips.next();
    typed.len() == name.len() && first.is_some_and(|(a, b)| is_spoken(*a) && is_spoken(*b)) && slips.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sound() {
        assert_eq!(sound("北斗 云谷2号".chars()), "beidouyungu2hao");
        assert!(sounds("重庆").contains(&"chongqing".to_owned()));
        assert!(sounds("行长行长行长行长").len() <= MOST_WAYS);
        assert!(one_slip(&['郑', '洲'], "郑州") && !one_slip(&['郑', '州'], "郑州") && !one_slip(&['郑'], "郑州"));
    }
}
