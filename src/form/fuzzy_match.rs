//! Matching of a filter by what people type: every word must occur, in any order and any letter case. A word that does
//! not occur as a whole is taken apart into letters and digits (`14aosp`), a synonym stands for its word (`android` for
//! `aosp`), and the letters of a part may have others between them. No searched text is copied.

use std::cmp::Reverse;
use std::ops::Range;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// Words with the same meaning. The catalogue writes the first of each pair or the second; users type either.
const SYNONYMS: [(&str, &str); 2] = [("android", "aosp"), ("安卓", "aosp")];

/// Least length in bytes of a word that is searched inside an id. A shorter one matches the start of an id only: two
/// digits are somewhere in every other id.
const ID_WORD_BYTES: usize = 4;

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
    /// The letters and the digits of every word occur, or a synonym of them.
    Parts,
    /// The letters of every word occur in order.
    Letters,
}

/// A text of a row that can be searched.
#[derive(Debug, Clone, Copy)]
pub struct SearchText<'a> {
    pub text: &'a str,
    /// Set for an id, in which a word must occur as a whole: parts and scattered letters of an id mean nothing.
    pub is_id: bool,
}

/// A word of the filter, prepared for every kind of match.
#[derive(Debug)]
struct SearchWord {
    text: String,
    whole: Atom,
    parts: Vec<WordPart>,
    /// The word, if the matcher can miss its occurrences: nucleo-matcher 0.3.1 (`substring_match_ascii`) searches only
    /// a part of the text, and only in lower case, for a word whose first letter comes after two or more other
    /// characters, as in most ids.
    overlooked: Option<String>,
}

/// The letters or the digits of a word: `aosp14` has two parts.
#[derive(Debug)]
struct WordPart {
    whole: Atom,
    synonyms: Vec<Atom>,
    /// Matches the letters with others between them; `None` for digits, which mean nothing when scattered.
    letters: Option<Atom>,
}

/// The kinds of characters at whose boundaries a word is taken apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CharKind {
    Letter,
    Digit,
    Other,
}

fn kind_of(c: char) -> CharKind {
    match c {
        c if c.is_numeric() => CharKind::Digit,
        c if c.is_alphabetic() => CharKind::Letter,
        _ => CharKind::Other,
    }
}

fn atom(word: &str, kind: AtomKind) -> Atom {
    Atom::new(word, CaseMatching::Ignore, Normalization::Smart, kind, false)
}

/// Splits a word into its letters and digits. Other characters separate them and are left out, except at the start: so a
/// longer word never matches a row that a shorter one does not.
fn split(word: &str) -> Vec<(CharKind, &str)> {
    let mut parts: Vec<(CharKind, &str)> = Vec::new();
    let (mut start, mut last) = (0, None);
    for (at, c) in word.char_indices() {
        let kind = kind_of(c);
        if let Some(last) = last.filter(|last| *last != kind) {
            parts.push((last, &word[start..at]));
            start = at;
        }
        last = Some(kind);
    }
    parts.extend(last.map(|last| (last, &word[start..])));
    let first = parts.first().map(|(_, text)| text.as_ptr());
    parts.retain(|(kind, text)| *kind != CharKind::Other || Some(text.as_ptr()) == first);
    parts
}

impl WordPart {
    fn new(kind: CharKind, text: &str) -> Self {
        let pairs = SYNONYMS.iter().flat_map(|(one, other)| [(one, other), (other, one)]);
        // The start of a synonym counts, so that rows stay in view while it is typed.
        let synonyms = pairs.filter(|(typed, _)| kind == CharKind::Letter && typed.starts_with(text));
        Self {
            whole: atom(text, AtomKind::Substring),
            synonyms: synonyms.map(|(_, meant)| atom(meant, AtomKind::Substring)).collect(),
            letters: (kind == CharKind::Letter).then(|| atom(text, AtomKind::Fuzzy)),
        }
    }
}

impl SearchWord {
    fn new(word: &str) -> Self {
        let word = word.to_lowercase();
        let first = word.find(|c: char| c.is_ascii_lowercase());
        let overlooked = (word.is_ascii() && first.is_some_and(|at| at >= 2)).then(|| word.clone());
        let parts = split(&word).into_iter().map(|(kind, text)| WordPart::new(kind, text));
        Self { whole: atom(&word, AtomKind::Substring), parts: parts.collect(), overlooked, text: word }
    }

    /// Returns whether the word may be searched in a text: not inside an id if it is too short.
    fn is_searched_in(&self, searched: &SearchText<'_>) -> bool {
        let start = || searched.text.get(..self.text.len()).is_some_and(|start| start.eq_ignore_ascii_case(&self.text));
        !searched.is_id || self.text.len() >= ID_WORD_BYTES || start()
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

/// Returns whether every row that a longer filter matches is matched by this one: its last word, which may go on, is
/// searched everywhere.
pub(super) fn can_narrow(typed: &str) -> bool {
    typed.split_whitespace().next_back().is_some_and(|word| word.len() >= ID_WORD_BYTES)
}

/// The typed filter, prepared for matching.
#[derive(Debug)]
pub struct FuzzyQuery {
    typed: String,
    words: Vec<SearchWord>,
    scorer: Scorer,
}

/// The matcher, and its buffer for the characters of a text that is not ASCII.
#[derive(Debug, Default)]
struct Scorer {
    /// Created for the first word, since its tables are large.
    matcher: Option<Matcher>,
    room: Vec<char>,
}

/// A match of an atom in one of the texts.
struct Found<'a> {
    quality: MatchQuality,
    score: u16,
    /// Index of the text.
    at: usize,
    atom: &'a Atom,
}

impl Scorer {
    fn score(&mut self, atom: &Atom, text: &str) -> Option<u16> {
        let matcher = self.matcher.get_or_insert_with(|| Matcher::new(Config::DEFAULT));
        self.room.clear();
        atom.score(Utf32Str::new(text, &mut self.room), matcher)
    }

    /// Returns the best match of an atom: the highest score, in the first of the texts that have it.
    fn best<'a>(
        &mut self,
        atom: &'a Atom,
        quality: MatchQuality,
        texts: &[SearchText<'_>],
        fits: impl Fn(&SearchText<'_>) -> bool,
    ) -> Option<Found<'a>> {
        let mut best: Option<Found<'a>> = None;
        for (at, searched) in texts.iter().enumerate().filter(|(_, searched)| fits(searched)) {
            let Some(score) = self.score(atom, searched.text) else { continue };
            if best.as_ref().is_none_or(|best| score > best.score) {
                best = Some(Found { quality, score, at, atom });
            }
        }
        best
    }

    /// Finds a word as a whole.
    fn whole<'a>(&mut self, word: &'a SearchWord, texts: &[SearchText<'_>]) -> Option<Found<'a>> {
        let quality = MatchQuality::Contains;
        self.best(&word.whole, quality, texts, |searched| word.is_searched_in(searched)).or_else(|| {
            let is_there = |it: &SearchText<'_>| word.is_searched_in(it) && word.overlooked_in(it.text).is_some();
            let at = texts.iter().position(is_there)?;
            Some(Found { quality, score: 0, at, atom: &word.whole })
        })
    }

    /// Finds a part of a word: as it is, by a synonym, or by its letters.
    fn part<'a>(&mut self, part: &'a WordPart, texts: &[SearchText<'_>]) -> Option<Found<'a>> {
        let is_text = |searched: &SearchText<'_>| !searched.is_id;
        let mut found = self.best(&part.whole, MatchQuality::Parts, texts, is_text);
        for synonym in &part.synonyms {
            found = found.or_else(|| self.best(synonym, MatchQuality::Parts, texts, is_text));
        }
        found.or_else(|| self.best(part.letters.as_ref()?, MatchQuality::Letters, texts, is_text))
    }

    /// Finds a word: one match for the whole of it, or else one for each of its parts. Empty if it does not match.
    fn word<'a>(&mut self, word: &'a SearchWord, texts: &[SearchText<'_>]) -> Vec<Found<'a>> {
        if let Some(found) = self.whole(word, texts) {
            return vec![found];
        }
        let mut found = Vec::with_capacity(word.parts.len());
        for part in &word.parts {
            let Some(match_of_part) = self.part(part, texts) else { return Vec::new() };
            found.push(match_of_part);
        }
        found
    }
}

impl FuzzyQuery {
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let words = typed.split_whitespace().map(SearchWord::new);
        Self { words: words.collect(), typed: typed.trim().to_owned(), scorer: Scorer::default() }
    }

    /// Returns whether the filter has no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Returns the rank of a row with these texts; `None` if a word matches none of them.
    pub fn rank(&mut self, texts: &[SearchText<'_>]) -> Option<MatchRank> {
        let Self { typed, words, scorer } = self;
        let mut rank = MatchRank { quality: MatchQuality::Contains, score: Reverse(0) };
        for word in words.iter() {
            let found = scorer.word(word, texts);
            rank.quality = rank.quality.max(found.iter().map(|found| found.quality).max()?);
            rank.score.0 += found.iter().map(|found| u32::from(found.score)).sum::<u32>();
        }
        if texts.iter().any(|searched| searched.text == typed) {
            rank.quality = MatchQuality::Same;
        }
        Some(rank)
    }

    /// Returns the matched characters of each shown text, counted from 0. Each word, or each part of it, marks only the
    /// text that it matches best.
    pub fn marks(&mut self, texts: &[SearchText<'_>]) -> Vec<Vec<u32>> {
        let mut marks = vec![Vec::new(); texts.len()];
        let Self { words, scorer, .. } = self;
        for word in words.iter() {
            for Found { at, atom, .. } in scorer.word(word, texts) {
                let (Some(searched), Some(marks)) = (texts.get(at), marks.get_mut(at)) else { continue };
                let matcher = scorer.matcher.get_or_insert_with(|| Matcher::new(Config::DEFAULT));
                scorer.room.clear();
                let is_seen = atom.indices(Utf32Str::new(searched.text, &mut scorer.room), matcher, marks).is_some();
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
    fn the_case_of_letters_does_not_count() {
        for typed in ["aosp", "AOSP", "Aosp", "aOsP11"] {
            assert!(rank(typed, &["AOSP11"]).is_some(), "{typed}");
        }
    }

    #[test]
    fn words_letters_and_digits_are_found_in_any_order() {
        for typed in
            ["aosp14", "aosp 14", "14 aosp", "14aosp", "Android 14", "android14", "14-android", "安卓14", "安卓 14"]
        {
            assert!(rank(typed, &["AOSP14"]).is_some(), "{typed}");
            assert_eq!(rank(typed, &["AOSP11"]), None, "{typed}");
        }
        assert!(rank("aosp", &["Android 14"]).is_some());
        assert!(rank("aosp14", &["AOSP14"]) < rank("14aosp", &["AOSP14"]));
        assert!(rank("android 14", &["AOSP14"]) < rank("android 14", &["a-n-d-r-o-i-d 14"]));
        assert_eq!(rank("14", &["AOSP-01234"]), None, "digits are not picked out");
    }

    #[test]
    fn rows_stay_in_view_while_a_synonym_is_typed() {
        for end in 1..="android".len() {
            assert!(rank(&"android"[..end], &["AOSP14"]).is_some(), "{end}");
        }
        assert_eq!(rank("androids", &["AOSP14"]), None);
    }

    #[test]
    fn the_letters_of_an_id_are_not_picked_out() {
        let id = |typed: &str| FuzzyQuery::new(typed).rank(&[SearchText { text: "20032120200330a20b", is_id: true }]);
        assert!(id("0330a").is_some());
        assert_eq!((id("2ab"), id("33"), id("200330 33")), (None, None, None));
        assert!(id("200330").is_some() && id("2").is_some());
        let image = [SearchText { text: "25140120251403a0", is_id: true }, SearchText { text: "AOSP11", is_id: false }];
        assert_eq!(FuzzyQuery::new("aosp 14").rank(&image), None, "two digits of an id are no match");
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
        assert_eq!(marks("android 14", &["AOSP14"]), [vec![0, 1, 2, 3, 4, 5]]);
        assert_eq!(marks("14aosp", &["AOSP14", "x"]), [vec![0, 1, 2, 3, 4, 5], vec![]]);
    }
}
