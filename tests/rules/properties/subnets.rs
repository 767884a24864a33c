//! What an order does to the orders after it, and the spellings of a network.

use cph_wizard::api::Cloud as _;
use cph_wizard::catalogue::Catalogue;
use cph_wizard::form::request_preview;
use cph_wizard::order::{Draft, Issue, Order};
use cph_wizard::simulator::{Options, Simulator};
use proptest::prelude::*;

use super::config;
use crate::fixture::{catalogue, cloud, code, good, lenient, read_all};

/// The whole way round: bought over HTTP, listed, and then in the way of the next order on both sides.
#[tokio::test]
async fn a_subnet_that_was_bought_is_taken_for_the_next_order_here_and_there() {
    let simulator = Simulator::start(Options::default()).await.expect("a simulator");
    let draft = |subnet: &str| Draft { subnet: subnet.into(), auto_pay: true, ..good() };
    let buy = |draft: Draft, catalogue: Catalogue| Order::check(&draft, &catalogue).map(|order| order.body().shared());
    let before = read_all(&simulator).await;
    let first = buy(draft("10.7.0.0/16"), before.clone()).expect("an order");
    let _ = cloud(&simulator).purchase(first, Box::new(|| Ok(()))).await;
    assert_eq!(simulator.ledger().len(), 1);
    let after = read_all(&simulator).await;
    for subnet in ["10.7.0.0/16", "10.7.8.0/24", "10.0.0.0/8"] {
        let expected = Issue::SubnetOverlaps { typed: subnet.into(), used: "10.7.0.0/16".into() };
        assert_eq!(buy(draft(subnet), after.clone()).err().unwrap_or_default(), [expected]);
        let stale = buy(draft(subnet), before.clone()).expect("an order by the old list");
        let _ = cloud(&simulator).purchase(stale, Box::new(|| Ok(()))).await;
        assert_eq!(simulator.ledger().len(), 1, "{subnet}");
    }
    let free = buy(draft("10.8.0.0/16"), after).expect("an order");
    let _ = cloud(&simulator).purchase(free, Box::new(|| Ok(()))).await;
    assert_eq!(simulator.ledger().len(), 2);
    simulator.stop().await;
}

proptest! {
    #![proptest_config(config(2048))]

    /// Networks by chance, in their one plain spelling.
    #[test]
    fn a_network_is_right_or_wrong_on_both_sides(address in any::<u32>(), near in any::<bool>(), length in 0..34_u32, cut in any::<bool>()) {
        let address = if near { 0x0A01_0000 ^ (address >> 14) } else { address };
        let mask = if cut && length <= 32 { u32::MAX.checked_shl(32 - length).unwrap_or(0) } else { u32::MAX };
        let subnet = format!("{}/{length}", std::net::Ipv4Addr::from(address & mask));
        let draft = Draft { subnet, ..good() };
        let refusal = code(lenient(&draft).as_bytes());
        let issues = Order::check(&draft, catalogue()).err().unwrap_or_default();
        let expected = match issues.as_slice() {
            [] => None,
            [Issue::SubnetNotCidr { .. } | Issue::SubnetHostBits { .. }] => Some("CPS.0191"),
            [Issue::SubnetOverlaps { .. }] => Some("CPS.0194"),
            _ => Some("nothing else can be wrong"),
        };
        prop_assert_eq!(refusal.as_deref(), expected, "{} {:?}", draft.subnet, issues);
    }
}

/// A zero before a number makes it octal for some readers: `010.0.0.0/8` can be two networks.
#[test]
fn a_network_with_zeros_before_its_numbers_is_refused_on_both_sides() {
    for subnet in ["010.2.0.0/16", "10.002.0.0/16", "10.2.0.0/08"] {
        let draft = Draft { subnet: subnet.into(), ..good() };
        assert_eq!(code(lenient(&draft).as_bytes()).as_deref(), Some("CPS.0191"), "{subnet}");
        assert!(Order::check(&draft, catalogue()).is_err(), "{subnet} is an order");
    }
}

#[test]
fn the_sketch_of_a_network_with_zeros_before_its_numbers_is_what_is_sent() {
    for subnet in ["010.2.0.0/16", "10.2.0.0/08"] {
        let draft = Draft { subnet: subnet.into(), ..good() };
        let Ok(order) = Order::check(&draft, catalogue()) else { continue };
        let lines: Vec<String> = request_preview(&draft).into_iter().map(|line| line.text).collect();
        assert_eq!(lines.join("\n"), order.body().text(), "{subnet}");
    }
}
