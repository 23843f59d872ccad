//! One operation as the document tells it.

use std::collections::BTreeMap;

use axum::routing::MethodFilter;
use booking::Failure;
use perfectgym::{Method, Operation};
use utoipa::ToSchema;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, Parameter, PathItem};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::{ContentBuilder, PathsBuilder, RefOr, Required, Response, SecurityRequirement};

use super::answer::{cookie, either, failure, json, kept, list, many, named, page};

/// The names of the security schemes.
pub(super) const SESSION: &str = "session";
/// The same in a frame that keeps no cookie.
pub(super) const BEARER: &str = "bearer";
pub(super) const KIOSK: &str = "kiosk";
pub(super) const WEBHOOK: &str = "webhook";
pub(super) const FIGURES: &str = "figures";

/// What any request may meet, before its handler: no request, a slow body, a packed one, a fault of ours.
const ANY: [u16; 4] = [400, 408, 415, 500];

/// Who may ask.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum Whom {
    /// Anybody.
    Anybody,
    /// Anybody, and a member as that member.
    Either,
    /// Members alone.
    Members,
    /// Whoever is at a kiosk, by the device's own cookie.
    AtKiosks,
    /// The upstream, by the key of its webhooks.
    Upstream,
    /// Whoever runs it: by a token, or from the machine itself.
    Operator,
}

/// One operation.
pub(in crate::http) struct Told {
    method: Method,
    path: String,
    operation: OperationBuilder,
    answers: BTreeMap<u16, Response>,
    schemas: Vec<(String, RefOr<Schema>)>,
    whom: Whom,
}

impl Told {
    /// One of the contract's.
    pub(in crate::http) fn of<O: Operation>(id: &str, says: &str) -> Self {
        Self::at(O::METHOD, &format!("/api{}", O::PATH), id, says)
    }

    /// One beyond the contract, that changes nothing.
    pub(in crate::http) fn get(path: &str, id: &str, says: &str) -> Self {
        Self::at(Method::Get, path, id, says)
    }

    /// One beyond the contract, that may change something.
    pub(in crate::http) fn post(path: &str, id: &str, says: &str) -> Self {
        Self::at(Method::Post, path, id, says)
    }

    /// One beyond the contract, that ends something.
    pub(in crate::http) fn delete(path: &str, id: &str, says: &str) -> Self {
        Self::at(Method::Delete, path, id, says)
    }

    fn at(method: Method, path: &str, id: &str, says: &str) -> Self {
        let told = Self {
            method,
            path: path.to_owned(),
            operation: OperationBuilder::new().operation_id(Some(id)).summary(Some(says)),
            answers: BTreeMap::new(),
            schemas: Vec::new(),
            whom: Whom::Anybody,
        };
        told.fails(&ANY)
    }

    pub(in crate::http) fn to(mut self, whom: Whom) -> Self {
        self.whom = whom;
        self
    }

    pub(in crate::http) fn takes(mut self, parameter: Parameter) -> Self {
        self.operation = self.operation.parameter(parameter);
        self
    }

    /// The JSON body it takes.
    pub(in crate::http) fn reads<T: ToSchema>(self) -> Self {
        self.knowing::<T>()
            .reads_a("application/json", named::<T>(), Required::True)
    }

    /// The JSON body it takes, or none.
    pub(in crate::http) fn may_read<T: ToSchema>(self) -> Self {
        self.knowing::<T>()
            .reads_a("application/json", named::<T>(), Required::False)
    }

    /// The JSON body it takes, where no type of ours says it.
    pub(in crate::http) fn reads_json(self, schema: impl Into<RefOr<Schema>>) -> Self {
        self.reads_a("application/json", schema, Required::True)
    }

    /// The form it takes. A field that may be missing has no `true`.
    pub(in crate::http) fn reads_form<const N: usize>(
        self,
        fields: [(&str, bool, ObjectBuilder); N],
    ) -> Self {
        let form = ObjectBuilder::new().schema_type(Type::Object);
        let form = fields.into_iter().fold(form, |form, (name, needed, field)| {
            let form = form.property(name, field);
            if needed { form.required(name) } else { form }
        });
        self.reads_a("application/x-www-form-urlencoded", form, Required::True)
    }

    fn reads_a(mut self, kind: &str, schema: impl Into<RefOr<Schema>>, needed: Required) -> Self {
        let content = ContentBuilder::new().schema(Some(schema)).build();
        let body = RequestBodyBuilder::new()
            .required(Some(needed))
            .content(kind, content);
        self.operation = self.operation.request_body(Some(body.build()));
        self
    }

    /// A 200 with one of these.
    pub(in crate::http) fn gives<T: ToSchema>(self) -> Self {
        self.knowing::<T>().answers(200, json(named::<T>()))
    }

    /// A 200 with one of these, which may be older than now.
    pub(in crate::http) fn gives_kept<T: ToSchema>(self) -> Self {
        self.knowing::<T>().answers(200, kept(json(named::<T>())))
    }

    /// A 200 with a slice of these, which may be older than now.
    pub(in crate::http) fn gives_slice<T: ToSchema, Of: ToSchema>(self) -> Self {
        let known = self.knowing::<T>().knowing::<Of>();
        known.answers(200, kept(list(json(named::<T>()))))
    }

    /// A 200 with a list of these.
    pub(in crate::http) fn gives_many<T: ToSchema>(self) -> Self {
        self.knowing::<T>().answers(200, list(json(many::<T>())))
    }

    /// Likewise, which may be older than now.
    pub(in crate::http) fn gives_many_kept<T: ToSchema>(self) -> Self {
        self.knowing::<T>().answers(200, kept(list(json(many::<T>()))))
    }

    /// JSON of a form that no type of ours says.
    pub(in crate::http) fn gives_a(self, status: u16, schema: RefOr<Schema>) -> Self {
        self.answers(status, json(schema))
    }

    /// An answer. Where there is one of this status already, it is either of them.
    pub(in crate::http) fn answers(mut self, status: u16, response: Response) -> Self {
        let response = match self.answers.remove(&status) {
            Some(other) => either(response, other),
            None => response,
        };
        self.answers.insert(status, response);
        self
    }

    /// A page of ours says what these statuses mean.
    pub(in crate::http) fn on_page(self, statuses: &[u16], says: &str) -> Self {
        let paged = |told: Self, status: &u16| told.answers(*status, page(says));
        statuses.iter().fold(self, paged)
    }

    /// Cookies come with the answers of these statuses.
    pub(in crate::http) fn sets_cookies(mut self, status: u16) -> Self {
        if let Some(response) = self.answers.get_mut(&status) {
            response
                .headers
                .insert("Set-Cookie".to_owned(), RefOr::T(cookie()));
        }
        self
    }

    /// The failures it may end in, each with the one body that all have.
    pub(in crate::http) fn fails(self, statuses: &[u16]) -> Self {
        let failing = |told: Self, status: &u16| told.answers(*status, failure(*status));
        statuses.iter().fold(self.knowing::<Failure>(), failing)
    }

    /// A type that is referred to, and those that it is made of.
    fn knowing<T: ToSchema>(mut self) -> Self {
        self.schemas.push((T::name().into_owned(), T::schema()));
        T::schemas(&mut self.schemas);
        self
    }

    pub(in crate::http) fn path(&self) -> &str {
        &self.path
    }

    pub(in crate::http) fn filter(&self) -> MethodFilter {
        match self.method {
            Method::Get => MethodFilter::GET,
            Method::Post => MethodFilter::POST,
            Method::Delete => MethodFilter::DELETE,
        }
    }

    pub(super) fn schemas(&mut self) -> Vec<(String, RefOr<Schema>)> {
        std::mem::take(&mut self.schemas)
    }

    pub(super) fn put_into(self, paths: PathsBuilder) -> PathsBuilder {
        let method = match self.method {
            Method::Get => HttpMethod::Get,
            Method::Post => HttpMethod::Post,
            Method::Delete => HttpMethod::Delete,
        };
        let answered = |told: OperationBuilder, (status, response): (u16, Response)| {
            told.response(status.to_string(), response)
        };
        let operation = self.answers.into_iter().fold(self.operation, answered);
        let operation = secured(operation, self.whom);
        paths.path(self.path, PathItem::new(method, operation))
    }
}

fn secured(operation: OperationBuilder, whom: Whom) -> OperationBuilder {
    let by = |scheme: &str| SecurityRequirement::new(scheme, [""; 0]);
    let nobody = SecurityRequirement::default;
    match whom {
        Whom::Anybody => operation,
        Whom::Members => operation.security(by(SESSION)).security(by(BEARER)),
        Whom::Either => operation
            .security(nobody())
            .security(by(SESSION))
            .security(by(BEARER)),
        Whom::AtKiosks => operation.security(by(KIOSK)),
        Whom::Upstream => operation.security(by(WEBHOOK)),
        Whom::Operator => operation.security(nobody()).security(by(FIGURES)),
    }
}
