//! The worker that sends an order: it tells the interface that it is sending, sends once, and
//! tells the verdict. Every way through it passes the POST at most once.

use std::sync::Arc;

use super::{Outcome, classify};
use crate::api::Cloud;

/// What the interface hears of a purchase, in this order and each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// From here on the order may exist.
    Sending,
    /// The call has ended.
    Concluded(Outcome),
}

/// Sends one confirmed order, exactly these bytes, once.
///
/// The future has to be driven to its end once it was polled: stopped in between, what became of
/// the order is unknown. So it belongs into a task of its own, and whoever wants to leave waits.
pub async fn submit(cloud: &dyn Cloud, body: Arc<[u8]>, tell: &(dyn Fn(Event) + Send + Sync)) {
    // The journal's place: INTENT and SENDING are on the disk before this line is passed, and if
    // they are not, nothing is sent.
    tell(Event::Sending);
    let seen = cloud.purchase(body, Box::new(|| Ok(()))).await;
    let outcome = classify(&seen);
    // The journal's other place: the outcome is on the disk before it is told.
    tell(Event::Concluded(outcome));
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::api::{Answer, BeforeFirstByte, End, Observation, ReadError};
    use crate::catalogue::{Listing, Resource, Server};
    use crate::purchase::NotSent;

    /// A cloud that cannot be reached and keeps what it was asked to send.
    #[derive(Default)]
    struct Unreachable {
        sent: Mutex<Vec<Arc<[u8]>>>,
    }

    impl Cloud for Unreachable {
        fn list(&self, _: Resource) -> Answer<'_, Result<Listing, ReadError>> {
            panic!("the worker lists nothing")
        }

        fn servers_named<'a>(&'a self, _: &'a str) -> Answer<'a, Result<Vec<Server>, ReadError>> {
            panic!("the worker lists nothing")
        }

        fn purchase(&self, body: Arc<[u8]>, _: BeforeFirstByte) -> Answer<'_, Observation> {
            self.sent.lock().unwrap().push(body);
            let end = End::NotConnected { why: "refused".into() };
            Box::pin(async { Observation { body_asked: false, end } })
        }
    }

    #[tokio::test]
    async fn one_order_is_one_call_and_two_events() {
        let cloud = Unreachable::default();
        let told = Mutex::new(Vec::new());
        submit(&cloud, Arc::from(*b"{}"), &|event| told.lock().unwrap().push(event)).await;
        assert_eq!(*cloud.sent.lock().unwrap(), [Arc::from(*b"{}")]);
        let not_sent = Outcome::NotSent(NotSent { why: "refused".into() });
        assert_eq!(*told.lock().unwrap(), [Event::Sending, Event::Concluded(not_sent)]);
    }
}
