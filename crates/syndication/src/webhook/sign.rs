//! The signature of a delivery, as Standard Webhooks has it: HMAC-SHA256 over id, moment and body.

use base::{Fault, Instant};
use base64::{Engine, engine::general_purpose::STANDARD};
use ring::{
    hmac,
    rand::{SecureRandom, SystemRandom},
};

/// Bytes of chance in a secret (the scheme takes 24 to 64).
const SECRET_BYTES: usize = 32;

/// By which the receiver of a webhook knows us.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// A new one, from the machine's secure source of chance.
    ///
    /// # Errors
    /// When the machine gives none.
    pub fn fresh() -> Result<Self, Fault> {
        let mut bytes = vec![0; SECRET_BYTES];
        SystemRandom::new()
            .fill(&mut bytes)
            .map_err(|_| Fault::new("the machine gave no random bytes"))?;
        Ok(Self(bytes))
    }

    /// One that was kept.
    pub(super) fn of(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// As its owner is shown it, once: `whsec_` and base64. Never logged.
    pub fn reveal(&self) -> String {
        format!("whsec_{}", STANDARD.encode(&self.0))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The three headers of the scheme.
    pub(super) fn headers(
        &self,
        message: &str,
        now: Instant,
        body: &str,
    ) -> Vec<(&'static str, String)> {
        let at = now.as_second();
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        let tag = hmac::sign(&key, format!("{message}.{at}.{body}").as_bytes());
        vec![
            ("webhook-id", message.into()),
            ("webhook-timestamp", at.to_string()),
            ("webhook-signature", format!("v1,{}", STANDARD.encode(tag))),
        ]
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example that the scheme's own document gives.
    #[test]
    fn a_signature_is_what_the_scheme_says() {
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let now = Instant::from_second(1_614_265_330).unwrap();
        let body = "{\"test\": 2432232314}";
        let headers = Secret::of(secret).headers("msg_p5jXN8AQM9LWM0D4loKWxJek", now, body);
        let signature = &headers[2].1;
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
