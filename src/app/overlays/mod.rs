//! Overlays, which cover a page. Each has a file with its state and its actions; this one lists them.

pub(in crate::app) mod changelog;
pub(in crate::app) mod export;
pub(in crate::app) mod field_help;
pub(in crate::app) mod inspector;
pub(in crate::app) mod introduction;
pub(in crate::app) mod keys;
pub(in crate::app) mod library;
pub(in crate::app) mod palette;
pub(in crate::app) mod pasted_ports;
pub(in crate::app) mod plain_text;
pub(in crate::app) mod request;
pub(in crate::app) mod resume;
pub(in crate::app) mod screen;
pub(in crate::app) mod unresolved;

use changelog::ChangelogView;
use export::ExportView;
use field_help::FieldHelp;
use inspector::InspectorView;
use introduction::Introduction;
use keys::KeysView;
use library::LibraryPage;
use palette::PaletteView;
use pasted_ports::PastedPorts;
use plain_text::PlainTextView;
use request::RequestView;
use resume::ResumeOffer;
use screen::OverlayScreen;
use unresolved::UnresolvedOrders;

/// An overlay that covers the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Overlay {
    Keys(KeysView),
    FieldHelp(FieldHelp),
    Palette(PaletteView),
    PastedPorts(PastedPorts),
    Resume(ResumeOffer),
    Unresolved(UnresolvedOrders),
    Request(RequestView),
    Inspector(InspectorView),
    Changelog(ChangelogView),
    Introduction(Introduction),
    PlainText(PlainTextView),
    Library(LibraryPage),
    Export(ExportView),
}

impl Overlay {
    /// Returns the overlay as the trait that all overlays implement.
    #[must_use]
    pub fn screen(&self) -> &dyn OverlayScreen {
        match self {
            Self::Keys(overlay) => overlay,
            Self::FieldHelp(overlay) => overlay,
            Self::Palette(overlay) => overlay,
            Self::PastedPorts(overlay) => overlay,
            Self::Resume(overlay) => overlay,
            Self::Unresolved(overlay) => overlay,
            Self::Request(overlay) => overlay,
            Self::Inspector(overlay) => overlay,
            Self::Changelog(overlay) => overlay,
            Self::Introduction(overlay) => overlay,
            Self::PlainText(overlay) => overlay,
            Self::Library(overlay) => overlay,
            Self::Export(overlay) => overlay,
        }
    }

    /// Returns the overlay as the trait that all overlays implement, for changes.
    pub(in crate::app) fn screen_mut(&mut self) -> &mut dyn OverlayScreen {
        match self {
            Self::Keys(overlay) => overlay,
            Self::FieldHelp(overlay) => overlay,
            Self::Palette(overlay) => overlay,
            Self::PastedPorts(overlay) => overlay,
            Self::Resume(overlay) => overlay,
            Self::Unresolved(overlay) => overlay,
            Self::Request(overlay) => overlay,
            Self::Inspector(overlay) => overlay,
            Self::Changelog(overlay) => overlay,
            Self::Introduction(overlay) => overlay,
            Self::PlainText(overlay) => overlay,
            Self::Library(overlay) => overlay,
            Self::Export(overlay) => overlay,
        }
    }
}
