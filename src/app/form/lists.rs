//! Reads the catalogue: lists load in the background as their step comes near, each with its own state. A response to
//! an older request is dropped.

use crate::catalogue::{Listing, Resource};
use crate::form::{Control, FIELDS, PickerFilter, PickerRow, Step, cells, fields_of, picker_list, resource_of};
use crate::i18n::tr;
use crate::order::FieldId;

use crate::app::form::list_state::{ListState, lists_needed_by};
use crate::app::form::state::Form;
use crate::app::load_error::LoadError;
use crate::app::msg::Effect;

impl Form {
    /// Requests the lists of this step and the next one that were not requested yet. The lists of Review are requested
    /// only on Review.
    pub(in crate::app) fn load_near(&mut self) -> Vec<Effect> {
        let steps = [Some(self.step), self.step.next().filter(|next| *next != Step::Review)];
        let wanted: Vec<Resource> = steps.into_iter().flatten().flat_map(lists_needed_by).copied().collect();
        let mut effects = Vec::new();
        for resource in wanted {
            if !self.lists.contains_key(&resource) {
                effects.push(self.load(resource));
            }
        }
        effects
    }

    /// Requests a list, even if it was requested before.
    pub(in crate::app) fn load(&mut self, resource: Resource) -> Effect {
        let ticket = self.next_ticket();
        self.lists.insert(resource, ListState::Loading { since: self.now, ticket, again: None });
        Effect::ReadList { resource, ticket }
    }

    /// Requests the list of the focused field again, or the lists of all fields of the step if it has none. Lists that
    /// are being read are left alone.
    pub(in crate::app) fn refresh_in_view(&mut self) -> Vec<Effect> {
        let servers = (self.focus == FieldId::Subnet).then_some(Resource::Servers);
        let focused = resource_of(self.focus).or(servers).filter(|_| self.step != Step::Review);
        let wanted: Vec<Resource> = match focused {
            // What is said of a server flavor is in two lists.
            Some(Resource::ServerFlavors) => vec![Resource::ServerFlavors, Resource::Offerings],
            Some(resource) => vec![resource],
            None => fields_of(self.step, &self.draft).filter_map(|row| resource_of(row.id)).collect(),
        };
        let idle = |resource: &Resource| self.lists.get(resource).is_none_or(|state| state.loading_since().is_none());
        let wanted: Vec<Resource> = wanted.into_iter().filter(idle).collect();
        wanted.into_iter().map(|resource| self.load(resource)).collect()
    }

    /// Requests every list again that was read before, so that the data on Review is never older than the visit to it.
    pub(in crate::app) fn read_again(&mut self) -> Vec<Effect> {
        let read: Vec<Resource> = Resource::ALL
            .into_iter()
            .filter(|resource| self.lists.get(resource).is_some_and(|state| state.loading_since().is_none()))
            .collect();
        read.into_iter().map(|resource| self.load(resource)).collect()
    }

    /// Records the error after which a list is read again, unless a newer request is under way.
    pub(in crate::app) fn note_list_retry(&mut self, resource: Resource, of: u64, words: String) {
        if let Some(ListState::Loading { ticket, again, .. }) = self.lists.get_mut(&resource)
            && *ticket == of
        {
            *again = Some(words);
        }
    }

    /// Stores the result of a list request and updates defaults, rules and cursors. Ignored if a newer request is under
    /// way.
    pub(in crate::app) fn set_list(
        &mut self,
        resource: Resource,
        ticket: u64,
        result: Result<Listing, LoadError>,
        stamp: String,
    ) {
        let is_current = matches!(self.lists.get(&resource),
            Some(ListState::Loading { ticket: current, .. }) if *current == ticket);
        if !is_current {
            return;
        }
        let held = self.anchored_row();
        let state = match result {
            Ok(listing) if listing.resource() == resource => {
                self.catalogue.put(listing);
                self.pickers.values_mut().for_each(|picker| picker.is_stale = true);
                ListState::Ready { stamp }
            }
            Ok(_) => ListState::Failed(LoadError {
                sentence: tr!("The answer was not a list of {noun}", noun = resource.noun()),
                request_id: None,
            }),
            Err(failure) => ListState::Failed(failure),
        };
        self.lists.insert(resource, state);
        for picker in self.pickers.iter_mut().filter(|(id, _)| resource_of(**id) == Some(resource)) {
            picker.1.filter.may_type = true;
            picker.1.is_stale = true;
        }
        self.fill_defaults(false);
        self.recheck();
        self.move_cursors_to_values();
        self.restore_anchored_row(held);
    }

    /// Sets every mandatory picker that the user did not answer to the first row that can be chosen, except for the
    /// bandwidth id. A picker with a default keeps it unless `anew` is set because the user changed an answer that the
    /// default depends on: a value that the user has seen is not replaced without their action.
    pub(in crate::app) fn fill_defaults(&mut self, anew: bool) {
        for row in &FIELDS {
            let Control::Picker { slot, optional: false } = row.control else { continue };
            let has_value = !(slot.read)(&self.draft).is_empty();
            if self.is_answered(row.id) || row.id == FieldId::BandwidthId || (has_value && !anew) {
                continue;
            }
            let value = self.first_choice(row.id).unwrap_or_default();
            if (slot.read)(&self.draft) != value {
                *(slot.write)(&mut self.draft) = value;
                self.pickers.values_mut().for_each(|picker| picker.is_stale = true);
            }
        }
    }

    fn first_choice(&self, id: FieldId) -> Option<String> {
        // A server flavor without phones or sold out is no choice, and an image has to fit a phone flavor.
        let is_open = self.catalogue.offerings.is_none()
            && self.lists.get(&Resource::Offerings).is_some_and(|state| state.loading_since().is_some());
        let lacks_phone_flavor = id == FieldId::Image && self.draft.phone_flavor.is_empty();
        if self.catalogue.phone_flavors.is_none() || is_open || lacks_phone_flavor {
            return None;
        }
        let filter = PickerFilter::default();
        // The first few rows decide: whatever fits is listed before any cell of it is made.
        let rows = picker_list(id, &filter, false, &self.draft, &self.catalogue).rows;
        let mut choosable = rows
            .into_iter()
            .filter(|row| matches!(row, PickerRow::Listed(_)))
            .map(|row| cells(id, row, &filter, &self.draft, &self.catalogue))
            .filter(|row| row.obstacle.is_none());
        choosable.next().map(|row| row.value)
    }
}
