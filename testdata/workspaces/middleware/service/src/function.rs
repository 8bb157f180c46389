use crate::{SendService, Service};

/// A service made of a function.
#[derive(Clone, Copy, Debug)]
pub struct ServiceFn<F>(F);

pub fn service_fn<F>(function: F) -> ServiceFn<F> {
    ServiceFn(function)
}

impl<F, Answer, Request, Response, Error> Service<Request> for ServiceFn<F>
where
    F: Fn(Request) -> Answer,
    Answer: Future<Output = Result<Response, Error>>,
{
    type Response = Response;
    type Error = Error;

    async fn call(&self, request: Request) -> Result<Response, Error> {
        (self.0)(request).await
    }
}

impl<F, Answer, Request, Response, Error> SendService<Request> for ServiceFn<F>
where
    F: Fn(Request) -> Answer + Sync,
    Answer: Future<Output = Result<Response, Error>> + Send,
    Request: Send,
{
    type Response = Response;
    type Error = Error;

    async fn call(&self, request: Request) -> Result<Response, Error> {
        (self.0)(request).await
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::{Layer, ServiceBuilder};

    struct Twice;

    impl<S> Layer<S> for Twice {
        type Service = [S; 1];

        fn layer(&self, inner: S) -> [S; 1] {
            [inner]
        }
    }

    #[tokio::test]
    async fn a_local_function_is_a_service() {
        let unit = Rc::new("kg");
        let service = service_fn(async |count: u32| Ok::<_, ()>(format!("{count} {unit}")));
        assert_eq!(Service::call(&service, 3).await, Ok("3 kg".into()));
    }

    #[tokio::test]
    async fn layers_are_put_around_from_the_inside() {
        let service = ServiceBuilder::new().layer(Twice).layer(Twice).service(service_fn(
            |count: u32| async move { if count > 0 { Ok(count) } else { Err("none") } },
        ));
        assert_eq!(SendService::call(&service[0][0], 1).await, Ok(1));
        assert_eq!(SendService::call(&service[0][0], 0).await, Err("none"));
    }
}
