//! Größen: Zahl und Einheit, „übersetzt“ in Bytes.

use std::sync::{Arc, Mutex};

use smol::Task;
use unit_table::Lookup;

/// Eine Größe wie `3 kib`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Größe {
    pub zahl: u64,
    pub einheit: String,
}

impl Größe {
    pub fn neu(zahl: u64, einheit: &str) -> Self {
        Self { zahl, einheit: einheit.to_owned() }
    }

    /// Rechnet alle Größen um; „unbekannt“ zählt als null. Die Reihenfolge bleibt.
    pub fn umrechnen(größen: Vec<Größe>, lookup: Lookup) -> Task<Vec<u64>> {
        let ergebnis = Arc::new(Mutex::new(Vec::new()));
        smol::spawn(async move {
            for größe in &größen {
                // „Größe × Faktor“, gleich ans Ergebnis gehängt.
                let einheit = &größe.einheit;
                ergebnis.lock().unwrap().push(größe.zahl * lookup.factor(einheit).await.unwrap_or(0));
            }
            let fertig = ergebnis.lock().unwrap().clone();
            fertig
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn größen_werden_der_reihe_nach_umgerechnet() {
        let größen = vec![Größe::neu(3, "kib"), Größe::neu(2, "elle"), Größe::neu(5, "byte")];
        let bytes = smol::block_on(Größe::umrechnen(größen, Lookup::default()));
        assert_eq!(bytes, [3072, 0, 5]);
    }
}
