//! The format of responses: the envelope of the service, IAM without an envelope, and the formats of an error.

use serde_json::{Map, Value, json};

use crate::simulator::api_error::ApiError;
use crate::simulator::scene_settings::{AppendText, ErrorFormat};

const JSON: &str = "application/json";
const PAGE: &str = "text/html";

/// A complete HTTP response.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::simulator) struct Answer {
    pub(in crate::simulator) status: u16,
    pub(in crate::simulator) content_type: Option<&'static str>,
    /// All headers but `Content-Type`, `Content-Length` and `Date`.
    pub(in crate::simulator) headers: Vec<(&'static str, String)>,
    pub(in crate::simulator) body: String,
}

/// The properties of a call that determine the format of its response.
#[derive(Debug, Clone, Copy)]
pub(in crate::simulator) struct ResponseFormat<'call> {
    pub(in crate::simulator) request_id: &'call str,
    /// True for a call to IAM, whose responses have no envelope and send the request id in a header of their own.
    pub(in crate::simulator) is_iam: bool,
    /// The format of errors that the scene sets; each service has its own if `None`.
    pub(in crate::simulator) error_format: Option<ErrorFormat>,
    /// True if errors are sent with status 200.
    pub(in crate::simulator) errors_with_status_200: bool,
}

impl ResponseFormat<'_> {
    /// Builds a successful response in the documented envelope, which begins with the request id.
    pub(in crate::simulator) fn success(self, status: u16, members: Value) -> Answer {
        let body = if self.is_iam { members } else { self.envelope(members) };
        self.json(status, &body)
    }

    /// Builds an error response, in the format of the scene or of the service.
    pub(in crate::simulator) fn refused(self, refusal: &ApiError) -> Answer {
        let error_format =
            self.error_format.unwrap_or(if refusal.code.is_empty() { ErrorFormat::Keystone } else { ErrorFormat::Cph });
        let status = if self.errors_with_status_200 { 200 } else { refusal.status };
        let (code, message) = (refusal.code_or_status(), &refusal.message);
        match error_format {
            ErrorFormat::Cph if self.is_iam && !code.starts_with("APIGW") => {
                self.json(status, &json!({ "error_code": code, "error_msg": message }))
            }
            ErrorFormat::Cph => self.plain(status, json!({ "error_code": code, "error_msg": message })),
            ErrorFormat::Apig => {
                let code = code.replace("APIGW.", "APIG.");
                self.json(status, &json!({ "error_msg": message, "error_code": code, "request_id": self.request_id }))
            }
            ErrorFormat::Keystone => {
                let error = json!({ "code": refusal.status, "message": message, "title": title(refusal.status) });
                self.json(status, &json!({ "error": error }))
            }
            ErrorFormat::Nova => {
                let mut body = Map::new();
                let inner = json!({ "code": refusal.status, "message": message });
                body.insert(nova(refusal.status).to_owned(), inner);
                self.json(status, &Value::Object(body))
            }
            ErrorFormat::CamelCase => self.json(status, &json!({ "errorCode": code, "errorMsg": message })),
            ErrorFormat::Html => page(status, title(refusal.status)),
            ErrorFormat::Empty => Answer { status, content_type: None, headers: Vec::new(), body: String::new() },
        }
    }

    fn plain(self, status: u16, members: Value) -> Answer {
        self.json(status, &self.envelope(members))
    }

    fn envelope(self, members: Value) -> Value {
        let mut envelope = Map::new();
        envelope.insert("request_id".to_owned(), Value::from(self.request_id));
        if let Value::Object(members) = members {
            envelope.extend(members);
        }
        Value::Object(envelope)
    }

    fn json(self, status: u16, body: &Value) -> Answer {
        let name = if self.is_iam { "x-iam-trace-id" } else { "x-request-id" };
        let headers = vec![(name, self.request_id.to_owned())];
        Answer { status, content_type: Some(JSON), headers, body: body.to_string() }
    }
}

impl Answer {
    /// Cuts the body after its first half.
    pub(in crate::simulator) fn broken(self) -> Self {
        Self { body: self.body.chars().take(self.body.len() / 2).collect(), ..self }
    }

    /// Returns the response with every JSON value changed to another type; a body that is not JSON stays as it is.
    pub(in crate::simulator) fn with_other_types(self) -> Self {
        let body = serde_json::from_str(&self.body).map_or(self.body, |body| other_types(body, true).to_string());
        Self { body, ..self }
    }

    /// Returns the response with a text appended to some fields; a body that is not JSON stays as it is.
    pub(in crate::simulator) fn with_appended(self, appended: &AppendText) -> Self {
        let body = serde_json::from_str(&self.body).map_or(self.body, |mut body| {
            append(&mut body, appended);
            body.to_string()
        });
        Self { body, ..self }
    }
}

/// Builds an HTML page, as a proxy or captive portal sends it.
pub(in crate::simulator) fn page(status: u16, title: &str) -> Answer {
    let body = format!("<html>\n<head><title>{title}</title></head>\n<body><h1>{title}</h1></body>\n</html>\n");
    Answer { status, content_type: Some(PAGE), headers: Vec::new(), body }
}

/// Builds a redirect (307) to another address.
pub(in crate::simulator) fn redirect(to: &str) -> Answer {
    let headers = vec![("location", to.to_owned())];
    Answer { headers, ..page(307, "Temporary Redirect") }
}

/// Changes every value to another type. The outermost object stays an object, since a client checks it first.
fn other_types(value: Value, outermost: bool) -> Value {
    match value {
        Value::Object(members) if outermost => {
            members.into_iter().map(|(name, value)| (name, other_types(value, false))).collect()
        }
        Value::Object(_) => json!("object"),
        Value::Array(rows) => json!({ "rows": rows }),
        Value::String(text) => json!(text.len()),
        Value::Number(number) => json!(format!("about {number}")),
        Value::Bool(_) => json!([true, false]),
        Value::Null => json!({}),
    }
}

fn append(value: &mut Value, appended: &AppendText) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(text) if appended.fields.contains(name) => text.push_str(&appended.text),
                    other => append(other, appended),
                }
            }
        }
        Value::Array(rows) => rows.iter_mut().for_each(|row| append(row, appended)),
        Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => {}
    }
}

fn title(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        413 => "Request Entity Too Large",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Error",
    }
}

fn nova(status: u16) -> &'static str {
    match status {
        401 => "unauthorized",
        403 => "forbidden",
        404 => "itemNotFound",
        413 | 429 => "overLimit",
        500.. => "computeFault",
        _ => "badRequest",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::ResponseFormat;
    use crate::simulator::api_error::ApiError;
    use crate::simulator::scene_settings::{AppendText, ErrorFormat};

    const FORMAT: ResponseFormat<'_> =
        ResponseFormat { request_id: "r", is_iam: false, error_format: None, errors_with_status_200: false };

    fn said(format: ResponseFormat<'_>, refusal: &ApiError) -> (u16, Value) {
        let answer = format.refused(refusal);
        (answer.status, serde_json::from_str(&answer.body).expect("JSON"))
    }

    #[test]
    fn an_error_has_the_format_of_its_service_or_the_one_that_was_asked_for() {
        let throttled = ApiError::new(429, "APIGW.0308", "Slow down.");
        let body = |error_format| said(ResponseFormat { error_format: Some(error_format), ..FORMAT }, &throttled).1;
        assert_eq!(
            said(FORMAT, &throttled).1,
            json!({"request_id":"r","error_code":"APIGW.0308","error_msg":"Slow down."})
        );
        assert_eq!(body(ErrorFormat::Apig)["error_code"], "APIG.0308");
        assert_eq!(body(ErrorFormat::CamelCase), json!({"errorCode":"APIGW.0308","errorMsg":"Slow down."}));
        assert_eq!(body(ErrorFormat::Nova)["overLimit"], json!({"code":429,"message":"Slow down."}));
        let wrong = ApiError::keystone(401, "Who?");
        let error = json!({"error":{"code":401,"message":"Who?","title":"Unauthorized"}});
        assert_eq!(said(ResponseFormat { is_iam: true, ..FORMAT }, &wrong), (401, error));
        assert_eq!(
            said(ResponseFormat { is_iam: true, error_format: Some(ErrorFormat::Cph), ..FORMAT }, &wrong).1["error_code"],
            "IAM.0001"
        );
        let empty = ResponseFormat { error_format: Some(ErrorFormat::Empty), ..FORMAT }.refused(&throttled);
        assert_eq!((empty.status, empty.body.as_str(), empty.content_type), (429, "", None));
        let page = ResponseFormat { error_format: Some(ErrorFormat::Html), ..FORMAT }.refused(&throttled);
        assert!(page.body.starts_with("<html>") && page.content_type == Some("text/html"), "{page:?}");
    }

    #[test]
    fn an_error_may_be_sent_with_status_200() {
        let format = ResponseFormat { errors_with_status_200: true, ..FORMAT };
        let (status, body) = said(format, &ApiError::new(403, "CPS.0001", "No."));
        assert_eq!((status, &body["error_code"]), (200, &json!("CPS.0001")));
    }

    #[test]
    fn text_is_appended_to_the_fields_that_were_named() {
        let appended = AppendText { fields: vec!["name".into()], text: "\u{202e}".into() };
        let answer =
            FORMAT.success(200, json!({"rows": [{"name": "a", "id": "b"}], "name": 1})).with_appended(&appended);
        let body: Value = serde_json::from_str(&answer.body).expect("JSON");
        assert_eq!(body, json!({"request_id": "r", "rows": [{"name": "a\u{202e}", "id": "b"}], "name": 1}));
    }

    #[test]
    fn changed_json_types_leave_nothing_of_its_type() {
        let answer =
            FORMAT.success(200, json!({"count": 1, "servers": [], "at": {"x": 1}, "ok": true})).with_other_types();
        let body: Value = serde_json::from_str(&answer.body).expect("JSON");
        assert_eq!(
            body,
            json!({"request_id": 1, "count": "about 1", "servers": {"rows": []}, "at": "object", "ok": [true, false]})
        );
    }
}
