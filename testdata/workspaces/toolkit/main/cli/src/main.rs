//! `cli UNIT..` prints the factor of each unit, and how many were asked for.

use std::sync::{Arc, Mutex};

use toolkit_core::Cache;
use unit_table::{Lookup, BUILD};

/// Looks each unit up once and keeps the lines in the order asked.
async fn answer(units: Vec<String>, lines: Arc<Mutex<Vec<String>>>) -> usize {
    let (cache, lookup) = (Cache::default(), Lookup::default());
    for unit in &units {
        let make = async { lookup.factor(unit).await.unwrap_or(0) };
        let factor = cache.get_or_make(unit, make).await;
        lines.lock().unwrap().push(format!("{unit} = {factor}"));
    }
    cache.len()
}

fn main() {
    let units: Vec<String> = std::env::args().skip(1).collect();
    let lines = Arc::new(Mutex::new(Vec::new()));
    let count = smol::block_on(smol::spawn(answer(units, lines.clone())));
    for line in lines.lock().unwrap().iter() {
        println!("{line}");
    }
    println!("{count} units ({BUILD})");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_gets_its_line() {
        let units = ["kib", "ell", "kib"].map(str::to_owned).to_vec();
        let lines = Arc::new(Mutex::new(Vec::new()));
        assert_eq!(smol::block_on(smol::spawn(answer(units, lines.clone()))), 2);
        assert_eq!(*lines.lock().unwrap(), ["kib = 1024", "ell = 0", "kib = 1024"]);
    }
}
