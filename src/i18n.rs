//! Translation of the texts that users see. The English text in the code is the key; `assets/locales` holds the other
//! languages as gettext PO files. The language is chosen elsewhere, once, before anything is printed.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{LazyLock, Once};

pub use tr::tr;

/// Marks an English text in a table for translation and expands to that text. [`t`] translates it when it is displayed.
#[macro_export]
macro_rules! phrase {
    ($english:literal) => {
        $english
    };
}

pub use phrase;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// Returns the language tag used in flags, settings and files: `en` or `zh-CN`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }

    /// Parses a tag as a user types it (`en`, `zh`, `zh-CN`) or a locale of the system (`zh_CN.UTF-8`). Every kind of
    /// Chinese becomes simplified Chinese, which its readers understand better than English. `None` for any other
    /// language.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "en" | "english" => Some(Self::English),
            "zh" | "chinese" | "中文" => Some(Self::Chinese),
            _ => None,
        }
    }

    /// Returns the translations of the language, parsed on first use; empty for English.
    fn catalogue(self) -> &'static Catalogue {
        static NONE: LazyLock<Catalogue> = LazyLock::new(HashMap::new);
        static CHINESE: LazyLock<Catalogue> = LazyLock::new(|| read(&SIMPLIFIED_CHINESE));
        match self {
            Self::English => &NONE,
            Self::Chinese => &CHINESE,
        }
    }
}

/// Map from an English text to its translation.
type Catalogue = HashMap<String, String>;

/// PO files, one per top-level module, so that whoever changes a module finds its texts.
const SIMPLIFIED_CHINESE: [&str; 16] = [
    include_str!("../assets/locales/zh-CN/api.po"),
    include_str!("../assets/locales/zh-CN/app.po"),
    include_str!("../assets/locales/zh-CN/catalogue.po"),
    include_str!("../assets/locales/zh-CN/cli.po"),
    include_str!("../assets/locales/zh-CN/codes.po"),
    include_str!("../assets/locales/zh-CN/config.po"),
    include_str!("../assets/locales/zh-CN/export.po"),
    include_str!("../assets/locales/zh-CN/form.po"),
    include_str!("../assets/locales/zh-CN/fs_private.po"),
    include_str!("../assets/locales/zh-CN/linear.po"),
    include_str!("../assets/locales/zh-CN/order.po"),
    include_str!("../assets/locales/zh-CN/order_file.po"),
    include_str!("../assets/locales/zh-CN/purchase.po"),
    include_str!("../assets/locales/zh-CN/simulator.po"),
    include_str!("../assets/locales/zh-CN/tui.po"),
    include_str!("../assets/locales/zh-CN/view.po"),
];

/// Parses PO files into one catalogue, without untranslated messages. A file that cannot be parsed adds nothing; a test
/// makes sure that all can be parsed.
fn read(files: &[&str]) -> Catalogue {
    let catalogues = files.iter().filter_map(|file| polib::po_file::parse_from_reader(file.as_bytes()).ok());
    let mut words = Catalogue::new();
    for catalogue in catalogues {
        for message in catalogue.messages().filter(|message| message.is_translated()) {
            // Neither language of ours has more than one plural.
            let text = if message.is_plural() {
                message.msgstr_plural().ok().and_then(|forms| forms.first().cloned())
            } else {
                message.msgstr().ok().map(ToOwned::to_owned)
            };
            words.extend(text.map(|text| (message.msgid().to_owned(), text)));
        }
    }
    words
}

static PROCESS_LANGUAGE: AtomicU8 = AtomicU8::new(Language::English as u8);

thread_local! {
    static THREAD_LANGUAGE: Cell<Option<Language>> = const { Cell::new(None) };
}

/// Sets the language of the process. A thread inside [`with_language`] keeps its own.
pub fn set_language(language: Language) {
    install_translator();
    PROCESS_LANGUAGE.store(language as u8, Ordering::Relaxed);
}

/// Runs a closure with another language in this thread, and restores the previous one afterwards.
pub fn with_language<T>(language: Language, what: impl FnOnce() -> T) -> T {
    /// Restores the previous language when dropped, also if the closure panics.
    struct Before(Option<Language>);
    impl Drop for Before {
        fn drop(&mut self) {
            THREAD_LANGUAGE.set(self.0);
        }
    }
    install_translator();
    let _before = Before(THREAD_LANGUAGE.replace(Some(language)));
    what()
}

/// Returns the language of this thread, or else that of the process.
#[must_use]
pub fn language() -> Language {
    THREAD_LANGUAGE.get().unwrap_or_else(|| match PROCESS_LANGUAGE.load(Ordering::Relaxed) {
        chosen if chosen == Language::Chinese as u8 => Language::Chinese,
        _ => Language::English,
    })
}

/// Translates a text that was assembled elsewhere, such as a paragraph of the help. Returns it unchanged if there is no
/// translation.
#[must_use]
pub fn translate_text(english: String) -> String {
    language().catalogue().get(&english).cloned().unwrap_or(english)
}

/// Translates a text that is marked with `phrase!`. Returns the English text if there is no translation.
#[must_use]
pub fn t(english: &'static str) -> &'static str {
    language().catalogue().get(english).map_or(english, String::as_str)
}

/// Installs the translator that `tr!` calls, once per process.
fn install_translator() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| tr::set_translator!(CatalogueTranslator));
}

/// Translator for `tr!`, into the language of the calling thread.
struct CatalogueTranslator;

impl tr::Translator for CatalogueTranslator {
    fn translate<'a>(&'a self, string: &'a str, _: Option<&'a str>) -> Cow<'a, str> {
        language().catalogue().get(string).map_or(Cow::Borrowed(string), |text| Cow::Borrowed(text.as_str()))
    }

    fn ntranslate<'a>(&'a self, n: u64, singular: &'a str, plural: &'a str, _: Option<&'a str>) -> Cow<'a, str> {
        let english = if n == 1 { singular } else { plural };
        language().catalogue().get(singular).map_or(Cow::Borrowed(english), |text| Cow::Borrowed(text.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_spoken_in_one_thread_and_for_as_long_as_it_is_asked_for() {
        let plain = || (language(), t(phrase!("Review")));
        let chinese = with_language(Language::Chinese, plain);
        assert_eq!(plain(), (Language::English, "Review"));
        assert_eq!(chinese, (Language::Chinese, "核对"));
    }

    #[test]
    fn numbers_choose_the_plural() {
        let servers = |n: u32| tr!("{n} server" | "{n} servers" % n);
        assert_eq!((servers(1), servers(3)), ("1 server".into(), "3 servers".into()));
    }

    #[test]
    fn tags_and_locales_name_a_language() {
        let of = Language::from_tag;
        assert_eq!(
            (of("zh_CN.UTF-8"), of("zh-Hans"), of("en_GB")),
            (Some(Language::Chinese), Some(Language::Chinese), Some(Language::English))
        );
        assert_eq!((of("C"), of("de_DE.UTF-8"), of("")), (None, None, None));
        for language in Language::ALL {
            assert_eq!(of(language.tag()), Some(language));
        }
    }
}
