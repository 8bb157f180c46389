use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ShopError;

pub struct ApiError(pub ShopError);

impl From<ShopError> for ApiError {
    fn from(error: ShopError) -> Self {
        Self(error)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = match self.0 {
            ShopError::OutOfStock { .. } => StatusCode::CONFLICT,
            ShopError::UnknownSku(_) | ShopError::UnknownOrder(_) => StatusCode::NOT_FOUND,
            ShopError::EmptyOrder => StatusCode::UNPROCESSABLE_ENTITY,
            ShopError::MailerStopped => StatusCode::SERVICE_UNAVAILABLE,
        };
        (status, self.0.to_string()).into_response()
    }
}
