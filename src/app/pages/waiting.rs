//! The page that waits for the outcome of an order: its actions, and what the events of the purchase change.

use crate::purchase;

use crate::app::form::navigate::rejected_field;
use crate::app::form::state::RejectionNotice;
use crate::app::keys::action::Action;
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::page::Page;
use crate::app::purchase::outcome_text::{rejection_advice, rejection_text};
use crate::app::purchase::result::ResultPage;

/// Runs an action of the page; `None` if it is not an action of the page. Leaving while an order is being sent has to be
/// asked for twice.
pub(super) fn handle(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    let Page::Waiting(waiting) = &mut model.page else { return None };
    if action != Action::Quit {
        return None;
    }
    if waiting.leaving {
        return Some(vec![Effect::Quit]);
    }
    waiting.leaving = true;
    Some(Vec::new())
}

impl Model {
    pub(in crate::app) fn handle_purchase_event(&mut self, event: purchase::Event) -> Vec<Effect> {
        let Page::Waiting(waiting) = &mut self.page else { return Vec::new() };
        match event {
            purchase::Event::Sending => {
                waiting.is_sending = true;
                Vec::new()
            }
            purchase::Event::Concluded { id, outcome, lost } => {
                let mut result = ResultPage::new(waiting, id, outcome, lost, self.now);
                result.mode = self.account.label.mode;
                // A refusal speaks until the next outcome, no longer.
                self.form.rejection = None;
                let may_exist =
                    matches!(result.outcome, purchase::Outcome::Accepted(_) | purchase::Outcome::Unknown(_));
                let servers = result.impact.servers;
                if let purchase::Outcome::Rejected(refusal) = result.outcome.clone() {
                    let field = rejected_field(&refusal.code, &self.form.draft);
                    result.rejected_field = field;
                    self.form.rejection = Some(RejectionNotice {
                        field,
                        sentence: rejection_text(&refusal),
                        advice: rejection_advice(&refusal, servers),
                    });
                }
                self.page = Page::Result(Box::new(result));
                self.form.recheck();
                let mut effects = self.poll_servers();
                if may_exist {
                    effects.push(self.form.forget_draft());
                }
                effects
            }
        }
    }
}
