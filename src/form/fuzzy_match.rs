//! Fuzzy matching of a filter: every word must occur, either as a whole or, failing that, as its letters in order with
//! others between them. No searched text is copied.

use std::cmp::Reverse;
use std::ops::Range;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// The rank of a matching row; the smallest is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MatchRank {
    quality: MatchQuality,
    /// Letters that are adjacent or begin words score higher.
    score: Reverse<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum MatchQuality {
    /// One of the texts equals the typed text.
    Same,
    /// Every word occurs as a whole.
    Contains,
    /// The letters of every word occur in order.
    Letters,
}

/// A text of a row that can be searched.
#[derive(Debug, Clone, Copy)]
pub struct SearchText<'a> {
    pub text: &'a str,
    /// Set for an id, in which a word must occur as a whole: scattered letters of an id mean nothing.
    pub is_id: bool,
}

/// A word of the filter, prepared for both kinds of match. A lower-case letter matches either case; a capital matches
/// only itself.
#[derive(Debug)]
struct SearchWord {
    whole: Atom,
    letters: Atom,
    /// The word, if the matcher can miss its occurrences: nucleo-matcher 0.3.1 (`substring_match_ascii`) searches only
    /// a part of the text, and only in lower case, for a word whose first letter comes after two or more other
    /// characters, as in most ids. Such a word has no capitals.
    overlooked: Option<String>,
}

impl SearchWord {
    fn new(word: &str) -> Self {
        let atom = |kind| Atom::new(word, CaseMatching::Smart, Normalization::Smart, kind, false);
        let matches_any_case = word.is_ascii() && !word.contains(|c: char| c.is_ascii_uppercase());
        let first = word.find(|c: char| c.is_ascii_lowercase());
        let overlooked = (matches_any_case && first.is_some_and(|at| at >= 2)).then(|| word.to_owned());
        Self { whole: atom(AtomKind::Substring), letters: atom(AtomKind::Fuzzy), overlooked }
    }

    /// Returns the range of characters, counted from 0, in which the word occurs although the matcher can miss it;
    /// `None` if the text is not ASCII or the word does not occur.
    fn overlooked_in(&self, text: &str) -> Option<Range<u32>> {
        let word = self.overlooked.as_ref().filter(|_| text.is_ascii())?;
        let mut places = text.as_bytes().windows(word.len());
        let at = u32::try_from(places.position(|place| place.eq_ignore_ascii_case(word.as_bytes()))?).ok()?;
        Some(at..at + u32::try_from(word.len()).ok()?)
    }
}

/// The typed filter, prepared for matching.
#[derive(Debug)]
pub struct FuzzyQuery {
    typed: String,
    words: Vec<SearchWord>,
    /// Created for the first word, since its tables are large.
    matcher: Option<Matcher>,
    /// Buffer for the characters of a text that is not ASCII.
    room: Vec<char>,
}

impl FuzzyQuery {
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let words = typed.split_whitespace().map(SearchWord::new);
        Self { words: words.collect(), typed: typed.trim().to_owned(), matcher: None, room: Vec::new() }
    }

    /// Returns whether the filter has no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Returns the rank of a row with these texts; `None` if a word matches none of them.
    pub fn rank(&mut self, texts: &[SearchText<'_>]) -> Option<MatchRank> {
        let Self { typed, words, matcher, room } = self;
        let mut rank = MatchRank { quality: MatchQuality::Contains, score: Reverse(0) };
        for word in words.iter() {
            let matcher = matcher.get_or_insert_with(|| Matcher::new(Config::DEFAULT));
            let (quality, score) = best(word, texts, matcher, room)?;
            rank.quality = rank.quality.max(quality);
            rank.score.0 += u32::from(score);
        }
        if texts.iter().any(|searched| searched.text == typed) {
            rank.quality = MatchQuality::Same;
        }
        Some(rank)
    }

    /// Returns the matched characters of each shown text, counted from 0. Each word marks only the text that it matches
    /// best.
    pub fn marks(&mut self, texts: &[SearchText<'_>]) -> Vec<Vec<u32>> {
        let mut marks = vec![Vec::new(); texts.len()];
        let Self { words, matcher, room, .. } = self;
        for word in words.iter() {
            let matcher = matcher.get_or_insert_with(|| Matcher::new(Config::DEFAULT));
            let mut found: Option<(MatchQuality, Reverse<u16>, usize)> = None;
            for (at, searched) in texts.iter().enumerate() {
                if let Some((quality, score)) = best(word, std::slice::from_ref(searched), matcher, room) {
                    let this = (quality, Reverse(score), at);
                    found = Some(found.map_or(this, |found| found.min(this)));
                }
            }
            let Some((quality, _, at)) = found else { continue };
            let atom = if quality == MatchQuality::Contains { &word.whole } else { &word.letters };
            if let (Some(searched), Some(marks)) = (texts.get(at), marks.get_mut(at)) {
                room.clear();
                let is_seen = atom.indices(Utf32Str::new(searched.text, room), matcher, marks).is_some();
                if !is_seen {
                    marks.extend(word.overlooked_in(searched.text).into_iter().flatten());
                }
            }
        }
        for marks in &mut marks {
            marks.sort_unstable();
            marks.dedup();
        }
        marks
    }
}

/// Returns the quality and score of the word's best match among the texts, or `None` if it matches none of them.
fn best(
    word: &SearchWord,
    texts: &[SearchText<'_>],
    matcher: &mut Matcher,
    room: &mut Vec<char>,
) -> Option<(MatchQuality, u16)> {
    let mut score = |atom: &Atom, text: &str| {
        room.clear();
        atom.score(Utf32Str::new(text, room), matcher)
    };
    let stands_there = |text: &str| word.overlooked_in(text).map(|_| 0);
    let whole = texts.iter().filter_map(|it| score(&word.whole, it.text).or_else(|| stands_there(it.text))).max();
    if let Some(whole) = whole {
        return Some((MatchQuality::Contains, whole));
    }
    let letters = texts.iter().filter(|searched| !searched.is_id);
    letters.filter_map(|searched| score(&word.letters, searched.text)).max().map(|score| (MatchQuality::Letters, score))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(typed: &str, texts: &[&str]) -> Option<MatchRank> {
        let texts: Vec<SearchText> = texts.iter().map(|text| SearchText { text, is_id: false }).collect();
        FuzzyQuery::new(typed).rank(&texts)
    }

    fn marks(typed: &str, texts: &[&str]) -> Vec<Vec<u32>> {
        let texts: Vec<SearchText> = texts.iter().map(|text| SearchText { text, is_id: false }).collect();
        FuzzyQuery::new(typed).marks(&texts)
    }

    #[test]
    fn the_same_comes_before_what_contains_it_and_that_before_mere_letters() {
        let same = rank("rs2.plus", &["rs2.plus"]).unwrap();
        let contains = rank("rs2.plus", &["my rs2.plus"]).unwrap();
        let letters = rank("rs2.plus", &["rs2-p-l-u-s rs2.p-l-u-s"]).unwrap();
        assert!(same < contains && contains < letters, "{same:?} {contains:?} {letters:?}");
    }

    #[test]
    fn all_words_have_to_occur_in_whatever_text() {
        assert!(rank("kg1 cp", &["physical.kg1.4xlarge.cp"]).is_some());
        assert!(rank("cp kg1", &["cp", "kg1"]).is_some());
        assert_eq!(rank("kg1 rx1", &["physical.kg1.4xlarge.cp", "disk"]), None);
        assert!(rank("", &["anything"]).is_some());
    }

    #[test]
    fn a_capital_matches_itself_only() {
        assert!(rank("aosp", &["AOSP11"]).is_some());
        assert!(rank("AOSP", &["AOSP11"]).is_some());
        assert_eq!(rank("Aosp", &["AOSP11"]), None);
    }

    #[test]
    fn the_letters_of_an_id_are_not_picked_out() {
        let id = |typed: &str| FuzzyQuery::new(typed).rank(&[SearchText { text: "20032120200330a20b", is_id: true }]);
        assert!(id("0330a").is_some());
        assert_eq!(id("2ab"), None);
    }

    #[test]
    fn an_id_that_begins_with_digits_is_found_at_every_letter_of_it() {
        let text = "88b8d1c5e0f94a7b8a3c2d1e0f9b8a7c";
        for end in 1..=text.len() {
            let typed = &text[..end];
            assert!(FuzzyQuery::new(typed).rank(&[SearchText { text, is_id: true }]).is_some(), "{typed}");
            let marked = FuzzyQuery::new(typed).marks(&[SearchText { text, is_id: true }]);
            assert_eq!(marked, [(0..u32::try_from(end).unwrap()).collect::<Vec<_>>()], "{typed}");
        }
        assert!(rank("11aosp", &["image 11AOSP"]).is_some());
        assert_eq!(rank("11aosq", &["11AOSP"]), None);
    }

    #[test]
    fn chinese_is_matched_by_its_characters() {
        assert!(rank("手机", &["云手机服务器"]).is_some());
        assert!(rank("云器", &["云手机服务器"]).is_some());
        assert_eq!(rank("机手", &["云手机服务器"]), None);
        assert_eq!(marks("手机", &["a云手机"]), [vec![2, 3]]);
    }

    #[test]
    fn matched_letters_are_marked_once_and_where_they_match_best() {
        assert_eq!(marks("kg1", &["physical.kg1.cp", "kxgx1"]), [vec![9, 10, 11], vec![]]);
        assert_eq!(marks("kg1 g1", &["kg1"]), [vec![0, 1, 2]]);
        assert_eq!(marks("pk", &["physical.kg1"]), [vec![0, 9]]);
        assert_eq!(marks("zz", &["kg1"]), [Vec::<u32>::new()]);
    }
}
