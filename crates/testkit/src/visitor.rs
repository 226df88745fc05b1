//! Anybody who comes to the newsroom: an address, a cookie jar, perhaps a credential.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
};

use bytes::Bytes;
use http::{Method, Request};
use http_body_util::Full;
use web::Peer;

use crate::{
    newsroom::{HOST, Newsroom},
    seen::Seen,
};

/// Somebody with a browser, or a program.
pub struct Visitor<'a> {
    /// The newsroom they come to.
    pub news: &'a Newsroom,
    /// Where they come from.
    pub ip: IpAddr,
    agent: Option<String>,
    bearer: Option<String>,
    jar: RefCell<BTreeMap<String, String>>,
}

impl Newsroom {
    /// A reader nobody knows, from a network of their own, with an empty cookie jar.
    pub fn anonymous(&self) -> Visitor<'_> {
        let number = self.next_visitor();
        let [high, low] = number.to_be_bytes();
        self.visitor_from(&format!("198.{}.{low}.7", 18 + high))
    }

    /// As [`Newsroom::anonymous`], from this address.
    ///
    /// # Panics
    /// When it is no address.
    pub fn visitor_from(&self, ip: &str) -> Visitor<'_> {
        Visitor {
            news: self,
            ip: ip.parse().expect("an address"),
            agent: None,
            bearer: None,
            jar: RefCell::default(),
        }
    }

    /// A program that calls itself this, from this address.
    pub fn crawler(&self, agent: &str, ip: &str) -> Visitor<'_> {
        let mut visitor = self.visitor_from(ip);
        visitor.agent = Some(agent.into());
        visitor
    }

    /// A reader with a session, which is written straight to the store: nobody can register yet.
    pub async fn reader(&self) -> Visitor<'_> {
        let session = self.given_reader().await;
        self.anonymous()
            .with_cookie(audience::reader::session::NAME, &session.reveal())
    }
}

impl<'a> Visitor<'a> {
    /// Puts a cookie into the jar.
    pub fn with_cookie(self, name: &str, value: &str) -> Self {
        self.jar.borrow_mut().insert(name.into(), value.into());
        self
    }

    /// Sends this token with every request.
    pub fn with_bearer(mut self, token: &str) -> Self {
        self.bearer = Some(token.into());
        self
    }

    /// What the jar holds under this name.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.jar.borrow().get(name).cloned()
    }

    /// Empties the jar.
    pub fn clears_cookies(&self) {
        self.jar.borrow_mut().clear();
    }

    /// Opens an address, as a browser does when it is typed.
    pub async fn opens(&self, path: &str) -> Seen {
        self.asks("GET", path).sends().await
    }

    /// A request to be added to and sent.
    ///
    /// # Panics
    /// When it is no method or no address.
    pub fn asks(&self, method: &str, path: &str) -> Ask<'_, 'a> {
        let mut request = Request::builder()
            .method(Method::from_bytes(method.as_bytes()).expect("a method"))
            .uri(path)
            .header("host", HOST)
            .extension(Peer(SocketAddr::new(self.ip, 4711)));
        if let Some(agent) = &self.agent {
            request = request.header("user-agent", agent);
        }
        if let Some(token) = &self.bearer {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let jar = self.jar.borrow();
        let cookies: Vec<String> = jar
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
            request = request.header("sec-fetch-site", "same-origin");
        }
        Ask {
            visitor: self,
            request,
            body: Bytes::new(),
        }
    }

    fn keeps(&self, set_cookie: &str) {
        let pair = set_cookie.split(';').next().unwrap_or_default();
        let Some((name, value)) = pair.split_once('=') else {
            return;
        };
        let mut jar = self.jar.borrow_mut();
        match set_cookie.contains("Max-Age=0") {
            true => jar.remove(name.trim()),
            false => jar.insert(name.trim().into(), value.into()),
        };
    }
}

/// A request on its way.
pub struct Ask<'v, 'a> {
    visitor: &'v Visitor<'a>,
    request: http::request::Builder,
    body: Bytes,
}

impl Ask<'_, '_> {
    /// Adds a header.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    /// Takes every line of a header away.
    pub fn without(mut self, name: &str) -> Self {
        if let Some(headers) = self.request.headers_mut() {
            headers.remove(name);
        }
        self
    }

    /// Sends JSON.
    pub fn json(self, body: &serde_json::Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// Sends a body of this type.
    pub fn body(mut self, content_type: &str, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self.with("content-type", content_type)
    }

    /// Sends it, and keeps the cookies that come back.
    ///
    /// # Panics
    /// When it is no request at all.
    pub async fn sends(self) -> Seen {
        let request = self
            .request
            .body(Full::new(self.body))
            .expect("a whole request");
        let asked = format!(
            "{} {} from {}",
            request.method(),
            request.uri(),
            self.visitor.ip
        );
        let (parts, body) = self.visitor.news.answers(request).await.into_parts();
        for line in parts.headers.get_all("set-cookie") {
            self.visitor.keeps(line.to_str().expect("a cookie is text"));
        }
        Seen {
            asked,
            status: parts.status,
            headers: parts.headers,
            bytes: body,
        }
    }
}
