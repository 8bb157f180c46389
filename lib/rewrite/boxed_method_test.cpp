#include "rewrite/boxed_method.h"

#include "rewrite/marked_edits_test.h"

namespace jaa::rewrite {}
