//! What a handler gives back: a page, JSON, another address, or nothing.

use std::sync::Arc;

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;

use crate::{cookie::Cookie, page::Page, problem::Problem};

/// An answer without a cache policy of its own: the row has it.
#[derive(Debug)]
pub struct Answer(Response);

/// A page on its way to the guard, which picks the coding and writes the headers.
#[derive(Clone)]
pub(crate) struct ReadyPage(pub(crate) Arc<Page>);

/// Says that an error status was meant by the handler and has its own body.
#[derive(Clone)]
pub(crate) struct Meant;

impl Answer {
    /// A page.
    pub fn page(page: impl Into<Arc<Page>>) -> Self {
        let page = page.into();
        let mut response = StatusCode::OK.into_response();
        *response.status_mut() = page.status;
        response.extensions_mut().insert(ReadyPage(page));
        Self(response)
    }

    /// A value as JSON.
    ///
    /// # Errors
    /// A fault when the value cannot be written as JSON, such as a map whose keys are no strings.
    pub fn json<T: Serialize>(status: StatusCode, value: &T) -> Result<Self, Problem> {
        let body = serde_json::to_vec(value)
            .map_err(|error| base::Fault::while_("writing the answer as JSON", error))?;
        Ok(Self::bytes(
            status,
            crate::Kind::Json.content_type(),
            Bytes::from(body),
        ))
    }

    /// Bytes of that type, uncompressed.
    pub fn bytes(status: StatusCode, content_type: &'static str, body: Bytes) -> Self {
        let content_type = HeaderValue::from_static(content_type);
        Self((status, [(header::CONTENT_TYPE, content_type)], body).into_response()).meant()
    }

    /// A body that is made while it is sent; the type names its own charset.
    pub fn stream(content_type: &'static str, body: Body) -> Self {
        let content_type = HeaderValue::from_static(content_type);
        Self(([(header::CONTENT_TYPE, content_type)], body).into_response()).meant()
    }

    /// The page on its way, when it is one.
    pub fn as_page(&self) -> Option<&Arc<Page>> {
        let ReadyPage(page) = self.0.extensions().get()?;
        Some(page)
    }

    /// 204: done, and nothing to say.
    pub fn empty() -> Self {
        Self(StatusCode::NO_CONTENT.into_response())
    }

    /// The thing has moved for good: 308, which keeps the verb.
    ///
    /// `to` is an address on our own house, beginning with one slash (V-23).
    ///
    /// # Errors
    /// A fault when `to` leads elsewhere.
    pub fn moved(to: &str) -> Result<Self, Problem> {
        Self::redirect(StatusCode::PERMANENT_REDIRECT, to)
    }

    /// 301 for old addresses of readable things, which old feed readers and archives understand.
    ///
    /// # Errors
    /// A fault when `to` leads elsewhere.
    pub fn moved_page(to: &str) -> Result<Self, Problem> {
        Self::redirect(StatusCode::MOVED_PERMANENTLY, to)
    }

    /// See there for what came of it: 303 after a form.
    ///
    /// # Errors
    /// A fault when `to` leads elsewhere.
    pub fn see(to: &str) -> Result<Self, Problem> {
        Self::redirect(StatusCode::SEE_OTHER, to)
    }

    fn redirect(status: StatusCode, to: &str) -> Result<Self, Problem> {
        let location = own_address(to)
            .ok_or_else(|| base::Fault::new("a redirect led to another house or was no address"))?;
        Ok(Self(
            (status, [(header::LOCATION, location)]).into_response(),
        ))
    }

    /// Sets a cookie.
    ///
    /// # Errors
    /// A fault when name or value cannot stand in a header.
    pub fn with_cookie(self, cookie: &Cookie) -> Result<Self, Problem> {
        let header = cookie
            .header()
            .ok_or_else(|| base::Fault::new("a cookie had a name or value that cannot be sent"))?;
        Ok(self.with_header(header::SET_COOKIE, header))
    }

    /// Adds a header. `Cache-Control` and `Vary` are refused by the guard: the row has them.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers_mut().append(name, value);
        self
    }

    /// Sets the status.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        *self.0.status_mut() = status;
        self.meant()
    }

    /// Wraps a response made by hand, such as a WebSocket upgrade. Its error statuses stay.
    pub fn raw(response: Response) -> Self {
        Self(response).meant()
    }

    fn meant(mut self) -> Self {
        self.0.extensions_mut().insert(Meant);
        self
    }
}

impl From<Page> for Answer {
    fn from(page: Page) -> Self {
        Self::page(page)
    }
}
impl From<Arc<Page>> for Answer {
    fn from(page: Arc<Page>) -> Self {
        Self::page(page)
    }
}
impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        self.0
    }
}
impl IntoResponse for Page {
    fn into_response(self) -> Response {
        Answer::page(self).0
    }
}

/// An address on our own house as a header; `None` for `//elsewhere`, backslashes and controls.
///
/// Letters beyond ASCII are percent-coded, since a header cannot hold them.
pub fn own_address(to: &str) -> Option<HeaderValue> {
    let inside = to.starts_with('/') && !to.starts_with("//");
    let odd = |byte: u8| byte <= b' ' || byte == b'\\' || byte == 0x7f;
    if !inside || to.bytes().any(odd) {
        return None;
    }
    let mut address = String::with_capacity(to.len());
    for byte in to.bytes() {
        if byte.is_ascii() {
            address.push(byte as char);
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    HeaderValue::try_from(address).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(to: &str, location: Option<&str>) {
        let header = own_address(to);
        assert_eq!(
            header.as_ref().map(|header| header.to_str().unwrap()),
            location
        );
    }

    #[test]
    fn v_23_a_redirect_stays_in_the_house() {
        check("/2026/11/bridge?page=2", Some("/2026/11/bridge?page=2"));
        check("/גשר", Some("/%D7%92%D7%A9%D7%A8"));
        check("//evil.example/", None);
        check("/\\evil.example", None);
        check("https://evil.example/", None);
        check("evil", None);
        check("/a\r\nSet-Cookie: a=b", None);
        check("/\t/evil.example", None);
        check("", None);
    }
}
