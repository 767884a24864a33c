//! Tampers with the list of a response: invalid rows, a list of another type, a wrong count, and the status and headers
//! of partial or cached responses.

use serde_json::{Map, Value, json};

use super::http::response::Answer;
use super::scene_settings::{ListReplacement, Tampering};

/// Applies the list tampering of a scene to a response. An error response keeps its status and body and only gets the
/// headers.
pub(super) fn corrupt(tampering: &Tampering, answer: Answer) -> Answer {
    let is_success = (200..300).contains(&answer.status);
    let mut answer = if is_success { rewritten(tampering, answer) } else { answer };
    if let Some(status) = tampering.success_status.filter(|_| is_success) {
        answer.status = status;
    }
    answer.headers.extend(tampering.age_header_s.map(|seconds| ("age", seconds.to_string())));
    answer
}

fn rewritten(tampering: &Tampering, answer: Answer) -> Answer {
    let is_changed = tampering.replace_list.is_some()
        || tampering.count_offset != 0
        || !tampering.insert_rows.is_empty()
        || !tampering.remove_fields.is_empty();
    match serde_json::from_str(&answer.body) {
        Ok(Value::Object(mut fields)) if is_changed => {
            change(tampering, &mut fields);
            Answer { body: Value::Object(fields).to_string(), ..answer }
        }
        Ok(_) | Err(_) => answer,
    }
}

fn change(tampering: &Tampering, fields: &mut Map<String, Value>) {
    if let Some(count) = fields.get_mut("count")
        && let Some(number) = count.as_i64()
    {
        *count = json!(number.saturating_add(tampering.count_offset).max(0));
    }
    let Some(name) = fields.iter().find(|(_, value)| value.is_array()).map(|(name, _)| name.clone()) else {
        return;
    };
    if let Some(Value::Array(rows)) = fields.get_mut(&name) {
        for row in rows.iter_mut().filter_map(Value::as_object_mut) {
            row.retain(|field, _| !tampering.remove_fields.contains(field));
        }
        for (place, row) in tampering.insert_rows.iter().enumerate() {
            // One after the first row, one after the next, and what is left at the end.
            let place = (2 * place + 1).min(rows.len());
            rows.insert(place, row.clone());
        }
    }
    let instead = match tampering.replace_list {
        None => return,
        Some(ListReplacement::Null) => Value::Null,
        Some(ListReplacement::Object) => json!({ "rows": 0 }),
        Some(ListReplacement::Empty) => json!([]),
        Some(ListReplacement::Missing) => {
            fields.shift_remove(&name);
            return;
        }
    };
    fields.insert(name, instead);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::corrupt;
    use crate::simulator::http::response::Answer;
    use crate::simulator::scene_settings::Tampering;

    fn mangled(setting: &str, status: u16, body: &Value) -> (u16, Value, Vec<(&'static str, String)>) {
        let tampering: Tampering =
            serde_json::from_str(&format!(r#"{{"operations":["servers"],{setting}}}"#)).expect("settings");
        let answer = Answer { status, content_type: None, headers: Vec::new(), body: body.to_string() };
        let Answer { status, headers, body, .. } = corrupt(&tampering, answer);
        (status, serde_json::from_str(&body).expect("JSON"), headers)
    }

    #[test]
    fn a_list_is_broken_in_each_way_that_can_be_asked_for() {
        let body = json!({ "request_id": "r", "count": 2, "servers": [{ "id": 1, "name": "a" }, { "id": 2 }] });
        let of = |setting| mangled(setting, 200, &body).1;
        assert_eq!(of(r#""replace_list":"null""#)["servers"], Value::Null);
        assert_eq!(of(r#""replace_list":"missing""#), json!({ "request_id": "r", "count": 2 }));
        assert_eq!(of(r#""replace_list":"object""#)["servers"], json!({ "rows": 0 }));
        assert_eq!(of(r#""replace_list":"empty""#)["servers"], json!([]));
        assert_eq!(of(r#""remove_fields":["id"]"#)["servers"], json!([{ "name": "a" }, {}]));
        let rows = of(r#""insert_rows":[{},{"x":1},7]"#)["servers"].clone();
        assert_eq!(rows, json!([{ "id": 1, "name": "a" }, {}, { "id": 2 }, { "x": 1 }, 7]));
        assert_eq!(of(r#""count_offset":-1"#)["count"], 1);
        assert_eq!(of(r#""count_offset":-9"#)["count"], 0);
        let (status, told, headers) = mangled(r#""success_status":206,"age_header_s":61"#, 200, &body);
        assert_eq!((status, told, headers), (206, body.clone(), vec![("age", "61".to_owned())]));
    }

    #[test]
    fn a_refusal_keeps_its_status_and_words() {
        let body = json!({ "error_code": "CPS.0001", "details": [1] });
        let (status, told, headers) =
            mangled(r#""success_status":206,"replace_list":"null","age_header_s":1"#, 403, &body);
        assert_eq!((status, told, headers.len()), (403, body, 1));
    }
}
