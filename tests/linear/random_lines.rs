//! Whatever lines come: no panic, no order without the word that was asked for, and never two.

use cph_wizard::app::{Challenge, Effect, Page};
use proptest::prelude::*;

use crate::linear_driver::LinearDriver;

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
        "goto payment",
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
        let mut linear = LinearDriver::ready();
        for line in lines {
            let wanted = match &linear.driver.model.page {
                Page::Confirm(confirm) => Some(match &confirm.challenge {
                    Challenge::Key => "order".to_owned(),
                    Challenge::Word { word, .. } => word.clone(),
                }),
                _ => None,
            };
            let effects = linear.line(&line);
            if effects.iter().any(|effect| matches!(effect, Effect::Submit { .. })) {
                prop_assert_eq!(Some(line.trim().trim_start_matches('=')), wanted.as_deref());
                break;
            }
        }
        prop_assert!(linear.driver.submits() <= 1);
        for line in &linear.printed {
            prop_assert!(!line.is_empty() || linear.driver.submits() < 2);
        }
    }
}
