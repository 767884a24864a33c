//! The template against everything that reads it.

use cph_wizard::catalogue::Catalogue;
use cph_wizard::i18n::{Language, with_language};
use cph_wizard::order::{Draft, Order, Vnc, read_body};
use cph_wizard::order_file::{template, without_comments};
use cph_wizard::simulator::{ValidationContext, validate_purchase};

use super::Said;

/// The template with every member in a comment put in.
fn whole() -> String {
    let put_in = |line: &str| match line.trim_start().strip_prefix("// \"") {
        Some(member) => format!("\"{member}\n"),
        None => format!("{line}\n"),
    };
    template(false).lines().map(put_in).collect()
}

fn order(text: &str) -> Order {
    let draft = read_body(&without_comments(text.as_bytes())).expect("a draft");
    Order::check(&draft, &Catalogue::default()).expect("an order")
}

#[test]
fn every_form_of_the_template_is_an_order_for_check_schema_and_simulator() {
    for text in [template(false), template(true), whole()] {
        let said = Said::of(&text);
        assert!(said.is_checked() && said.is_schematic() && said.is_accepted(), "{text}\n{said:?}");
        // In a project without servers the example's subnet is free.
        for body in [order(&text).body().bytes(), &*without_comments(text.as_bytes())] {
            assert!(validate_purchase(body, &ValidationContext::documented()).is_ok(), "{text}");
        }
    }
    assert_eq!(order(&template(false)).body(), order(&template(true)).body(), "the minimal one is the same order");
    assert!(!order(&template(false)).pays_now());
}

#[test]
fn every_member_is_in_the_whole_template() {
    let draft = read_body(&without_comments(whole().as_bytes())).expect("a draft");
    let Draft { key_pair, vnc, subnet, ports, bandwidth_id, .. } = &draft;
    assert!(!key_pair.is_empty() && !subnet.is_empty() && !ports.is_empty() && !bandwidth_id.is_empty());
    assert_eq!(*vnc, Vnc::On);
    for name in cph_wizard::order::FieldId::ALL.map(|id| id.json_name().rsplit('.').next().expect("a name")) {
        assert!(whole().lines().any(|line| line.trim_start().starts_with(&format!("\"{name}\":"))), "{name}");
    }
}

#[test]
fn the_template_in_chinese_is_the_same_order() {
    let chinese = with_language(Language::Chinese, || template(false));
    assert!(chinese.contains("注释") && chinese != template(false));
    assert_eq!(order(&chinese).body(), order(&template(false)).body());
    insta::assert_snapshot!("template-chinese", chinese);
}

#[test]
fn what_a_minimal_template_lacks_is_told_line_by_line() {
    for line in template(true).lines().filter(|line| line.starts_with("  \"") && line.ends_with(',')) {
        let text = template(true).replace(&format!("{line}\n"), "");
        let said = Said::of(&text);
        assert!(!said.is_checked() && !said.is_schematic() && said.code.is_some(), "{line} {said:?}");
    }
}
