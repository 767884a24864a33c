//! The table of fields: one row for each field of the order. Focus order, step line, help, review and request pane are
//! derived from it; a new field is a row here and a member of the draft.

use std::sync::LazyLock;

use crate::order::{BandwidthKind, COUNT, Draft, FieldId, MBIT, PeriodUnit, Range, Vnc};

use crate::i18n::{self, Language, phrase};

use super::control::{Control, Slot};
use super::step::Step;

/// The document that a rule comes from, and its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    pub document: &'static str,
    pub date: &'static str,
}

const OPERATION: Source =
    Source { document: phrase!("API reference, CreateCloudPhoneServer (cph_api_0507)"), date: "2020-07-30" };

/// A row of the table of fields.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub id: FieldId,
    pub step: Step,
    pub control: Control,
    /// The rule in a few words, shown below the form while the field has the focus.
    pub rule: &'static str,
    /// The purpose of the field, and the effect of leaving it empty.
    pub help: &'static str,
    pub example: &'static str,
    pub source: Source,
    /// Predicate for the drafts to which the field applies.
    pub shown: fn(&Draft) -> bool,
}

macro_rules! slot {
    ($member:ident) => {
        Slot { read: |draft| &draft.$member, write: |draft| &mut draft.$member }
    };
}

fn always(_: &Draft) -> bool {
    true
}

fn index_of<T: PartialEq>(all: &[T], one: &T) -> usize {
    all.iter().position(|other| other == one).unwrap_or(0)
}

/// All fields in the order in which they are asked for, in English. Use `field` for the current language.
pub static FIELDS: [Field; 16] = [
    Field {
        id: FieldId::ServerFlavor,
        step: Step::Flavor,
        control: Control::Picker { slot: slot!(server_flavor), optional: false },
        rule: phrase!("One of the listed server flavors that is on sale"),
        help: phrase!("The physical server that is bought whole. It decides which phone flavors can be had."),
        example: "physical.rx1.xlarge",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::PhoneFlavor,
        step: Step::Flavor,
        control: Control::Picker { slot: slot!(phone_flavor), optional: false },
        rule: phrase!("A phone flavor of the chosen server flavor that is on sale"),
        help: phrase!("How a server is divided into phones: their CPU, memory and disk, and how many there are."),
        example: "rx1.cp.c60.d10.e1v1",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::Image,
        step: Step::Image,
        control: Control::Picker { slot: slot!(image_id), optional: false },
        rule: phrase!("An image with the label of the phone flavor, or an id of at most 32 bytes"),
        help: phrase!("The Android that runs on every phone. Images and phone flavors are joined by their label."),
        example: "20032120200330a20b000eae5b8c01e6",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::ServerName,
        step: Step::Count,
        control: Control::Text { slot: slot!(server_name), counter: |text| format!("{}/60", text.chars().count()) },
        rule: phrase!("1-60 characters: A-Z a-z 0-9 _ -"),
        help: phrase!("The name of the servers. When several are bought, the service adds a number to each."),
        example: "myPhoneServer",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::Count,
        step: Step::Count,
        control: Control::Stepper { slot: slot!(count), range: |_| COUNT, unit: phrase!("servers") },
        rule: phrase!("1-10 servers"),
        help: phrase!("How many servers are bought with this one order. They are all alike."),
        example: "3",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::BandwidthKind,
        step: Step::Bandwidth,
        control: Control::Radio {
            options: &[
                (phrase!("dedicated"), phrase!("charged by traffic")),
                (phrase!("new shared"), phrase!("charged by size")),
                (phrase!("existing shared"), phrase!("one of the project's")),
            ],
            chosen: |draft| index_of(&BandwidthKind::ALL, &draft.bandwidth),
            choose: |draft, at| draft.bandwidth = BandwidthKind::ALL[at.min(2)],
        },
        rule: phrase!("Dedicated, new shared or existing shared"),
        help: phrase!("How the servers reach the internet. It is a cost of its own beside the servers."),
        example: phrase!("0 (dedicated), 1 (shared)"),
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::BandwidthId,
        step: Step::Bandwidth,
        control: Control::Picker { slot: slot!(bandwidth_id), optional: false },
        rule: phrase!("A shared bandwidth of the project"),
        help: phrase!("An existing shared bandwidth. Its id takes precedence over type and size."),
        example: "4b1f7c3e-92d0-4a6b-8e57-0cd3a91f6b28",
        source: OPERATION,
        shown: |draft| draft.bandwidth == BandwidthKind::ExistingShared,
    },
    Field {
        id: FieldId::BandwidthSize,
        step: Step::Bandwidth,
        control: Control::Stepper { slot: slot!(bandwidth_size), range: |_| MBIT, unit: "Mbit/s" },
        rule: phrase!("1-300 Mbit/s; may stay empty for a dedicated bandwidth"),
        help: phrase!("The size of the bandwidth. A new shared one needs it; an empty dedicated one gets 300."),
        example: "100",
        source: OPERATION,
        shown: |draft| draft.bandwidth != BandwidthKind::ExistingShared,
    },
    Field {
        id: FieldId::ChargingMode,
        step: Step::Billing,
        control: Control::Fixed { value: phrase!("yearly/monthly") },
        rule: phrase!("0, the only one there is"),
        help: phrase!("Servers are paid for a period in advance; the operation knows no other way."),
        example: "0",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::PeriodUnit,
        step: Step::Billing,
        control: Control::Radio {
            options: &[(phrase!("month"), phrase!("1-9 months")), (phrase!("year"), phrase!("1-10 years"))],
            chosen: |draft| index_of(&PeriodUnit::ALL, &draft.period_unit),
            choose: |draft, at| draft.period_unit = PeriodUnit::ALL[at.min(1)],
        },
        rule: phrase!("Month or year"),
        help: phrase!("The unit of the subscription."),
        example: phrase!("2 (month), 3 (year)"),
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::PeriodNumber,
        step: Step::Billing,
        control: Control::Stepper { slot: slot!(period_number), range: period_range, unit: "" },
        rule: phrase!("1-9 months or 1-10 years"),
        help: phrase!("How long the servers are bought for. They cannot be given back freely before that."),
        example: "1",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::AutoPay,
        step: Step::Billing,
        control: Control::Radio {
            options: &[
                (phrase!("pay later"), phrase!("built once paid")),
                (phrase!("pay now"), phrase!("CHARGED at once")),
            ],
            chosen: |draft| usize::from(draft.auto_pay),
            choose: |draft, at| draft.auto_pay = at == 1,
        },
        rule: phrase!("Pay later or pay now"),
        help: phrase!(
            "Pay later: the order is kept unpaid, usually for 7 days, and nothing is built. Pay now: the account is charged at once."
        ),
        example: phrase!("0 (pay later), 1 (pay now)"),
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::Ports,
        step: Step::Ports,
        control: Control::Ports,
        rule: phrase!("Names of 1-16 bytes, not adb or vnc; ports 10000-50000; none twice"),
        help: phrase!(
            "Ports of apps on the phones that the service forwards. A public one can be reached from the internet."
        ),
        example: phrase!("myServer1  20000  private"),
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::KeyPair,
        step: Step::Access,
        control: Control::Picker { slot: slot!(key_pair), optional: true },
        rule: phrase!("A key pair of the project, at most 64 bytes; may stay empty"),
        help: phrase!("Needed to log in to the phones with ADB. Empty: no ADB until a key pair is set later."),
        example: "mykeypair",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::Vnc,
        step: Step::Access,
        control: Control::Radio {
            options: &[
                (phrase!("not sent"), phrase!("the service decides (off)")),
                (phrase!("off"), phrase!("sent as \"false\"")),
                (phrase!("on"), phrase!("sent as \"true\"")),
            ],
            chosen: |draft| index_of(&Vnc::ALL, &draft.vnc),
            choose: |draft, at| draft.vnc = Vnc::ALL[at.min(2)],
        },
        rule: phrase!("Not sent, off or on"),
        help: phrase!("Login to the phones by VNC. Not sent means off."),
        example: "true",
        source: OPERATION,
        shown: always,
    },
    Field {
        id: FieldId::Subnet,
        step: Step::Access,
        control: Control::Text { slot: slot!(subnet), counter: |_| String::new() },
        rule: phrase!("An IPv4 network such as 10.1.0.0/16; empty: 172.31.0.0/16"),
        help: phrase!(
            "The servers' own network. Empty: the service uses 172.31.0.0/16. It must not overlap one in use. \
               Own subnets are for accounts that buy every server through the API."
        ),
        example: "10.1.0.0/16",
        source: OPERATION,
        shown: always,
    },
];

fn period_range(draft: &Draft) -> Range {
    draft.period_unit.range()
}

impl Field {
    /// Returns the row in the current language.
    fn translated(self) -> Self {
        Self {
            control: self.control.translated(),
            rule: i18n::t(self.rule),
            help: i18n::t(self.help),
            example: i18n::t(self.example),
            source: Source { document: i18n::t(self.source.document), ..self.source },
            ..self
        }
    }
}

/// Returns the table in the given language; the Chinese one is built on first use.
fn table(language: Language) -> &'static [Field; 16] {
    static CHINESE: LazyLock<[Field; 16]> =
        LazyLock::new(|| i18n::with_language(Language::Chinese, || FIELDS.map(Field::translated)));
    match language {
        Language::English => &FIELDS,
        Language::Chinese => &CHINESE,
    }
}

/// Returns the row of a field, with its texts in the current language.
#[must_use]
pub fn field(id: FieldId) -> &'static Field {
    field_in(i18n::language(), id)
}

/// Returns the row of a field in the given language, for input that is accepted in any language.
pub(super) fn field_in(language: Language, id: FieldId) -> &'static Field {
    table(language).iter().find(|row| row.id == id).unwrap_or(&FIELDS[0])
}

/// Returns the fields of a step that apply to the draft, in focus order.
pub fn fields_of(step: Step, draft: &Draft) -> impl Iterator<Item = &'static Field> {
    table(i18n::language()).iter().filter(move |row| row.step == step && (row.shown)(draft))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_exactly_one_row_in_the_order_of_the_ids() {
        let rows: Vec<FieldId> = FIELDS.iter().map(|row| row.id).collect();
        assert_eq!(rows, FieldId::ALL);
    }

    #[test]
    fn steps_follow_each_other_and_every_one_but_review_has_fields() {
        let steps: Vec<Step> = FIELDS.iter().map(|row| row.step).collect();
        assert!(steps.is_sorted());
        for step in Step::ALL {
            assert_eq!(fields_of(step, &Draft::default()).count() == 0, step == Step::Review, "{step:?}");
        }
    }

    #[test]
    fn every_row_speaks_chinese_and_a_step_keeps_its_key() {
        i18n::with_language(Language::Chinese, || {
            for (english, row) in FIELDS.iter().zip(FieldId::ALL.map(field)) {
                assert_ne!((english.rule, english.help), (row.rule, row.help), "{:?}", row.id);
            }
            let control = field(FieldId::BandwidthKind).control;
            assert!(matches!(control, Control::Radio { options, .. } if options[0] == ("独享", "按流量计费")));
            assert_eq!((Step::Billing.name(), Step::Billing.key()), ("计费", "billing"));
            assert_eq!((PeriodUnit::Month.word(1), PeriodUnit::Month.name()), ("个月", "月"));
        });
        assert_eq!((PeriodUnit::Month.word(1), PeriodUnit::Month.word(2)), ("month", "months"));
    }
}
