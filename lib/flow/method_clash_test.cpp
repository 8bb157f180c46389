#include "flow/method_clash.h"
