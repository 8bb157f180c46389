use std::fmt;

use crate::{OrderId, Sku};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShopError {
    OutOfStock { sku: Sku, wanted: u32, left: u32 },
    UnknownSku(Sku),
    UnknownOrder(OrderId),
    EmptyOrder,
    MailerStopped,
}

impl fmt::Display for ShopError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfStock { sku, wanted, left } => {
                write!(f, "wanted {wanted} of {sku}, only {left} left")
            }
            Self::UnknownSku(sku) => write!(f, "no article {sku}"),
            Self::UnknownOrder(id) => write!(f, "no order {id}"),
            Self::EmptyOrder => f.write_str("an order needs at least one line"),
            Self::MailerStopped => f.write_str("the mailer has stopped"),
        }
    }
}

impl std::error::Error for ShopError {}
