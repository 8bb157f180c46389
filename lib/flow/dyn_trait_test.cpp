#include "flow/dyn_trait.h"
