//! Formats a time relative to today, in local time.

use jiff::{Timestamp, ToSpan as _, Zoned};

use crate::i18n::{self, phrase, tr};

/// Formats a time by the calendar of the time zone of `now`: `14:02 today`, `14:02 yesterday`, `14:02 on 21 Nov`,
/// `14:02 on 21 Nov 2025`.
pub fn relative_time(at: Timestamp, now: &Zoned) -> String {
    let at = at.to_zoned(now.time_zone().clone());
    let yesterday = now.date().checked_sub(1.day()).ok();
    let time = at.strftime("%H:%M");
    let pattern = match at.date() {
        day if day == now.date() => return tr!("{time} today", time),
        day if Some(day) == yesterday => return tr!("{time} yesterday", time),
        day if day.year() == now.date().year() => phrase!("%-d %b"),
        _ => phrase!("%-d %b %Y"),
    };
    tr!("{time} on {day}", time, day = at.strftime(i18n::t(pattern)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, with_language};

    #[test]
    fn a_moment_is_told_by_the_calendar_of_the_place() {
        let now: Zoned = "2026-03-01T00:30:00+08:00[+08:00]".parse().unwrap();
        for (at, words) in [
            ("2026-02-28T16:10:00Z", "00:10 today"),
            ("2026-02-28T15:59:00Z", "23:59 yesterday"),
            ("2026-02-27T15:59:00Z", "23:59 on 27 Feb"),
            ("2025-12-31T15:00:00Z", "23:00 on 31 Dec 2025"),
        ] {
            assert_eq!(relative_time(at.parse().unwrap(), &now), words);
        }
        let old = with_language(Language::Chinese, || relative_time("2025-12-31T15:00:00Z".parse().unwrap(), &now));
        assert_eq!(old, "2025年12月31日 23:00");
    }
}
