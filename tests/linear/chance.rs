//! Whatever lines come: no panic, no order without the word that was asked for, and never two.

use cph_wizard::app::{Asked, Effect, Page};
use proptest::prelude::*;

use crate::talker::Talker;

fn any_line() -> impl Strategy<Value = String> {
    let words: Vec<&str> = cph_wizard::linear::COMMANDS.iter().map(|row| row.name).collect();
    let typed = vec![
        "",
        "",
        "",
        "",
        "1",
        "2",
        "3",
        "15",
        "99",
        "web-01",
        "on",
        "year",
        "web 20000 public",
        "kg1",
        "order",
        "order",
        "place",
        "review",
        "review",
        "=order",
        "云手机",
        "\u{1b}[2J",
        "goto count",
        "goto pay now",
        "goto review",
        "x y",
    ];
    prop_oneof![
        6 => prop::sample::select(typed).prop_map(str::to_owned),
        2 => prop::sample::select(words.clone()).prop_map(str::to_owned),
        1 => (prop::sample::select(words), "[0-9a-z ]{0,6}").prop_map(|(word, rest)| format!("{word} {rest}")),
        1 => "\\PC{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_order_only_with_the_word(lines in prop::collection::vec(any_line(), 1..60)) {
        let mut talker = Talker::ready();
        for line in lines {
            let wanted = match &talker.driver.model.page {
                Page::Confirm(confirm) => Some(match &confirm.asked {
                    Asked::Key => "order".to_owned(),
                    Asked::Word { word, .. } => word.clone(),
                }),
                _ => None,
            };
            let effects = talker.line(&line);
            if effects.iter().any(|effect| matches!(effect, Effect::Submit { .. })) {
                prop_assert_eq!(Some(line.trim().trim_start_matches('=')), wanted.as_deref());
                break;
            }
        }
        prop_assert!(talker.driver.submits() <= 1);
        for line in &talker.said {
            prop_assert!(!line.is_empty() || talker.driver.submits() < 2);
        }
    }
}
