/// Puts something around a service.
pub trait Layer<S> {
    type Service;

    fn layer(&self, inner: S) -> Self::Service;
}

/// The layer that adds nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Identity;

impl<S> Layer<S> for Identity {
    type Service = S;

    fn layer(&self, inner: S) -> S {
        inner
    }
}

/// Two layers, one around the other.
#[derive(Clone, Copy, Debug)]
pub struct Stack<Inner, Outer> {
    inner: Inner,
    outer: Outer,
}

impl<S, Inner, Outer> Layer<S> for Stack<Inner, Outer>
where
    Inner: Layer<S>,
    Outer: Layer<Inner::Service>,
{
    type Service = Outer::Service;

    fn layer(&self, service: S) -> Self::Service {
        self.outer.layer(self.inner.layer(service))
    }
}

/// Collects layers; the one named first is the outermost.
#[derive(Clone, Copy, Debug, Default)]
pub struct ServiceBuilder<L> {
    layer: L,
}

impl ServiceBuilder<Identity> {
    pub fn new() -> Self {
        Self::default()
    }
}

impl<L> ServiceBuilder<L> {
    pub fn layer<M>(self, inner: M) -> ServiceBuilder<Stack<M, L>> {
        ServiceBuilder { layer: Stack { inner, outer: self.layer } }
    }

    pub fn service<S>(&self, service: S) -> L::Service
    where
        L: Layer<S>,
    {
        self.layer.layer(service)
    }
}
