//! Warnings about a draft that breaks no rule: documents that disagree, and facts that only the cloud knows.

use std::fmt;

use super::draft::{BandwidthKind, Draft, PeriodUnit, Vnc};
use super::field_id::FieldId;
use super::limits::Number;
use super::offers::{BandwidthStatus, ImageFit, Offers, PhoneFlavorStatus, ServerFlavorStatus};
use crate::i18n::{self, phrase};
use crate::text::sanitize::is_chinese;

/// A warning about a field. It never prevents an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    ServerFlavorNotRead,
    PhoneFlavorNotRead,
    ImageNotListed,
    ImageNotRead,
    ImageFitNotStated,
    YearsAboveThree,
    ServerNameTaken,
    ServerNameChinese,
    VncOnlyOneFlavor,
    KeyPairNotListed,
    BandwidthNotListed,
    SubnetsNotRead,
    SizeBelowFive,
    ServerFlavorSoldOut,
    ServerFlavorSoldOutInPart,
}

impl Warning {
    /// Returns the field that the warning is about.
    #[must_use]
    pub fn field(self) -> FieldId {
        match self {
            Self::ServerFlavorNotRead | Self::ServerFlavorSoldOut | Self::ServerFlavorSoldOutInPart => {
                FieldId::ServerFlavor
            }
            Self::PhoneFlavorNotRead => FieldId::PhoneFlavor,
            Self::ImageNotListed | Self::ImageNotRead | Self::ImageFitNotStated => FieldId::Image,
            Self::ServerNameTaken | Self::ServerNameChinese => FieldId::ServerName,
            Self::YearsAboveThree => FieldId::PeriodNumber,
            Self::VncOnlyOneFlavor => FieldId::Vnc,
            Self::KeyPairNotListed => FieldId::KeyPair,
            Self::BandwidthNotListed => FieldId::BandwidthId,
            Self::SubnetsNotRead => FieldId::Subnet,
            Self::SizeBelowFive => FieldId::BandwidthSize,
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(i18n::t(match self {
            Self::ServerNameTaken => {
                phrase!("A server of this name exists: another name keeps the two apart if an answer is lost")
            }
            // `cph.md` section 3.
            Self::ServerNameChinese => {
                phrase!("The Chinese API reference allows Chinese characters in the name; the operation's own document does not")
            }
            Self::ServerFlavorNotRead => {
                phrase!("The list of server flavors is not read: only the cloud can say if this one is on sale")
            }
            Self::PhoneFlavorNotRead => {
                phrase!("The list of phone flavors is not read: only the cloud can say if this one fits")
            }
            Self::ImageNotListed => phrase!("This image id is not in the list: only its length was checked"),
            Self::ImageNotRead => phrase!("The list of images is not read: only the length of the id was checked"),
            Self::ImageFitNotStated => phrase!("The cloud does not say whether this image fits the phone flavor"),
            Self::YearsAboveThree => phrase!("The API document allows 10 years; the console sells 3 at most"),
            Self::VncOnlyOneFlavor => {
                phrase!("Documents of 2021 offer VNC on one phone flavor only: rx1.cp.c60.d32.e1v1.qemu")
            }
            Self::KeyPairNotListed => phrase!("This key pair is not in the list that was read"),
            Self::BandwidthNotListed => phrase!("This bandwidth id is not in the list that was read"),
            Self::SizeBelowFive => {
                phrase!("The API document allows 1 Mbit/s; the SDK of 2022 begins at 5 for a shared bandwidth")
            }
            Self::ServerFlavorSoldOut => {
                phrase!("This server flavor is sold out in every zone: the cloud would refuse the order")
            }
            Self::ServerFlavorSoldOutInPart => {
                phrase!("This server flavor is sold out in some zones: the cloud picks another one")
            }
            Self::SubnetsNotRead => phrase!("The servers are not read: only the cloud can say if the subnet is free"),
        }))
    }
}

const VNC_FLAVOR: &str = "rx1.cp.c60.d32.e1v1.qemu";

/// Returns all warnings about a draft, in the order of the form.
#[must_use]
pub fn warnings(draft: &Draft, offers: &impl Offers) -> Vec<Warning> {
    let mut notes = Vec::new();
    let mut add = |when: bool, note: Warning| {
        if when {
            notes.push(note);
        }
    };
    let has_server = !draft.server_flavor.is_empty();
    let has_phone = !draft.phone_flavor.is_empty();
    if has_server {
        match offers.server_flavor(&draft.server_flavor) {
            ServerFlavorStatus::NotRead => add(true, Warning::ServerFlavorNotRead),
            ServerFlavorStatus::SoldOut => add(true, Warning::ServerFlavorSoldOut),
            ServerFlavorStatus::SoldOutInPart => add(true, Warning::ServerFlavorSoldOutInPart),
            ServerFlavorStatus::Absent | ServerFlavorStatus::Offline | ServerFlavorStatus::OnSale => {}
        }
    }
    add(
        has_phone && offers.phone_flavor(&draft.server_flavor, &draft.phone_flavor) == PhoneFlavorStatus::NotRead,
        Warning::PhoneFlavorNotRead,
    );
    if !draft.image_id.is_empty() {
        match offers.image(&draft.server_flavor, &draft.phone_flavor, &draft.image_id) {
            ImageFit::NotRead => add(true, Warning::ImageNotRead),
            ImageFit::NotListed => add(true, Warning::ImageNotListed),
            ImageFit::NotStated => add(true, Warning::ImageFitNotStated),
            ImageFit::Misfit { .. } | ImageFit::Fits => {}
        }
    }
    add(
        !draft.server_name.is_empty() && offers.server_name_exists(&draft.server_name) == Some(true),
        Warning::ServerNameTaken,
    );
    // Asked after every key of a burst: plain ASCII is told without looking at each letter.
    let name = &draft.server_name;
    add(!name.is_ascii() && name.chars().any(is_chinese), Warning::ServerNameChinese);
    if draft.bandwidth == BandwidthKind::ExistingShared && !draft.bandwidth_id.is_empty() {
        add(offers.bandwidth(&draft.bandwidth_id) == BandwidthStatus::NotListed, Warning::BandwidthNotListed);
    }
    let size = Number::read(&draft.bandwidth_size).whole();
    add(
        draft.bandwidth == BandwidthKind::NewShared && size.is_some_and(|size| (1..5).contains(&size)),
        Warning::SizeBelowFive,
    );
    let years = draft.period_unit == PeriodUnit::Year;
    let number = Number::read(&draft.period_number).whole();
    add(years && number.is_some_and(|n| n > 3 && PeriodUnit::Year.range().holds(n)), Warning::YearsAboveThree);
    add(
        !draft.key_pair.is_empty() && offers.key_pair_exists(&draft.key_pair) == Some(false),
        Warning::KeyPairNotListed,
    );
    add(draft.vnc == Vnc::On && has_phone && draft.phone_flavor != VNC_FLAVOR, Warning::VncOnlyOneFlavor);
    add(!draft.subnet.is_empty() && offers.subnets_in_use().is_none(), Warning::SubnetsNotRead);
    notes
}
