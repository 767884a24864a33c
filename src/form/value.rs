//! An answer in words: for the review, the consequence line and the name of the deed.

use crate::catalogue::Catalogue;
use crate::order::{BandwidthKind, Draft, FieldId, Number, Offers, PeriodUnit, PortDraft, Vnc};
use crate::words::{self, phrase, tr};

use super::control::Control;
use super::steps::field;

/// The answer to a field as a person would say it; an empty one says what that means.
#[must_use]
pub fn value_text(id: FieldId, draft: &Draft, catalogue: &Catalogue) -> String {
    match id {
        FieldId::Image => image_text(draft, catalogue),
        FieldId::BandwidthKind => match draft.bandwidth {
            BandwidthKind::Dedicated => tr!("dedicated, charged by traffic"),
            BandwidthKind::NewShared => tr!("new shared, charged by size"),
            BandwidthKind::ExistingShared => tr!("existing shared"),
        },
        FieldId::BandwidthSize if !draft.bandwidth_size.is_empty() => format!("{} Mbit/s", draft.bandwidth_size),
        FieldId::BandwidthSize if draft.bandwidth == BandwidthKind::Dedicated => tr!("300 Mbit/s by default"),
        FieldId::BandwidthSize => tr!("not given"),
        FieldId::PeriodUnit => draft.period_unit.name().into(),
        FieldId::PeriodNumber => period_text(draft),
        FieldId::AutoPay => paid_text(draft.auto_pay),
        FieldId::Ports => ports_text(draft),
        FieldId::KeyPair if draft.key_pair.is_empty() => tr!("none: no ADB login"),
        FieldId::Vnc => match draft.vnc {
            Vnc::Unset => tr!("not sent (off)"),
            Vnc::Off => tr!("off"),
            Vnc::On => tr!("on"),
        },
        FieldId::Subnet if draft.subnet.is_empty() => tr!("default 172.31.0.0/16"),
        FieldId::ChargingMode => match field(id).control {
            Control::Fixed { value } => value.into(),
            Control::Picker { .. }
            | Control::Text { .. }
            | Control::Stepper { .. }
            | Control::Radio { .. }
            | Control::Switch { .. }
            | Control::Ports => String::new(),
        },
        FieldId::ServerFlavor
        | FieldId::PhoneFlavor
        | FieldId::ServerName
        | FieldId::Count
        | FieldId::BandwidthId
        | FieldId::KeyPair
        | FieldId::Subnet => field(id).control.slot().map_or_else(String::new, |slot| (slot.read)(draft).to_owned()),
    }
}

fn paid_text(pays_now: bool) -> String {
    if pays_now { tr!("PAYS NOW") } else { tr!("pay later") }
}

fn image_text(draft: &Draft, catalogue: &Catalogue) -> String {
    let Some(row) = catalogue.image_row(&draft.image_id) else { return draft.image_id.clone() };
    match &row.os_name {
        Some(os) => format!("{os}  {}", draft.image_id),
        None => draft.image_id.clone(),
    }
}

fn period_text(draft: &Draft) -> String {
    let number = draft.period_number.parse().unwrap_or(0);
    format!("{} {}", draft.period_number, draft.period_unit.word(number))
}

fn ports_text(draft: &Draft) -> String {
    if draft.ports.is_empty() {
        return tr!("none");
    }
    if draft.ports.len() > 2 {
        let public = draft.ports.iter().filter(|port| port.public).count();
        return tr!("{number} ports, {public} public", number = draft.ports.len(), public);
    }
    let rows = draft.ports.iter().map(|PortDraft { name, number, public }| {
        if *public { tr!("{name}:{number} public", name, number) } else { format!("{name}:{number}") }
    });
    rows.collect::<Vec<_>>().join(words::of(phrase!(", ")))
}

/// What an order is about to do, in numbers; unknown where an answer or a list is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stake {
    pub servers: Option<i64>,
    pub phones_per_server: Option<u32>,
    pub period: Option<i64>,
    pub unit: PeriodUnit,
    pub pays_now: bool,
}

impl Stake {
    #[must_use]
    pub fn of(draft: &Draft, catalogue: &Catalogue) -> Self {
        Self {
            servers: Number::read(&draft.count).whole().filter(|n| crate::order::COUNT.holds(*n)),
            phones_per_server: catalogue.phones_per_server(&draft.server_flavor, &draft.phone_flavor),
            period: Number::read(&draft.period_number).whole().filter(|n| draft.period_unit.range().holds(*n)),
            unit: draft.period_unit,
            pays_now: draft.auto_pay,
        }
    }

    /// `3 servers`, `1 server`, `? servers`.
    #[must_use]
    pub fn servers_text(&self) -> String {
        match self.servers {
            Some(n) => tr!("{n} server" | "{n} servers" % n),
            None => tr!("? servers"),
        }
    }

    /// Phones in all, if both factors are known.
    #[must_use]
    pub fn phones(&self) -> Option<i64> {
        Some(self.servers? * i64::from(self.phones_per_server?))
    }

    /// `3 servers x 60 phones = 180`, with a question mark where a factor is not known.
    #[must_use]
    pub fn product_text(&self) -> String {
        let per = self.phones_per_server.map_or_else(|| "?".into(), |n| n.to_string());
        let all = self.phones().map_or_else(|| "?".into(), |n| n.to_string());
        tr!("{servers} x {phones} phones = {all}", servers = self.servers_text(), phones = per, all)
    }

    /// `1 month`, `? years`.
    #[must_use]
    pub fn period_text(&self) -> String {
        match self.period {
            Some(n) => format!("{n} {}", self.unit.word(n)),
            None => format!("? {}", self.unit.word(0)),
        }
    }

    /// `Place order: 3 servers (180 phones), 1 month, not paid yet`.
    #[must_use]
    pub fn deed(&self) -> String {
        let phones = self.phones().map_or_else(|| tr!("phones not known"), |number| tr!("{number} phones", number));
        let paid = if self.pays_now { tr!("PAYS NOW") } else { tr!("not paid yet") };
        tr!(
            "Place order: {servers} ({phones}), {period}, {paid}",
            servers = self.servers_text(),
            phones,
            period = self.period_text(),
            paid
        )
    }

    /// Whether the server name must be typed to confirm: money now, a year or more, or more than
    /// 3 servers.
    #[must_use]
    pub fn is_high(&self) -> bool {
        self.pays_now || self.unit == PeriodUnit::Year || self.servers.is_none_or(|n| n > 3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stake_says_what_it_knows_and_asks_for_what_it_does_not() {
        let draft = Draft { count: "3".into(), ..Draft::default() };
        let mut stake = Stake::of(&draft, &Catalogue::default());
        assert_eq!(stake.product_text(), "3 servers x ? phones = ?");
        stake.phones_per_server = Some(60);
        assert_eq!(stake.product_text(), "3 servers x 60 phones = 180");
        assert_eq!(stake.deed(), "Place order: 3 servers (180 phones), 1 month, not paid yet");
        let wrong = Draft { count: "11".into(), period_number: "0".into(), ..Draft::default() };
        assert_eq!(
            Stake::of(&wrong, &Catalogue::default()).deed(),
            "Place order: ? servers (phones not known), ? months, not paid yet"
        );
    }

    #[test]
    fn money_now_a_year_or_four_servers_are_a_high_stake() {
        let low = Draft { count: "3".into(), period_number: "9".into(), ..Draft::default() };
        assert!(!Stake::of(&low, &Catalogue::default()).is_high());
        for high in [
            Draft { count: "4".into(), ..low.clone() },
            Draft { auto_pay: true, ..low.clone() },
            Draft { period_unit: PeriodUnit::Year, period_number: "1".into(), ..low },
        ] {
            assert!(Stake::of(&high, &Catalogue::default()).is_high(), "{high:?}");
        }
    }
}
