#include "index/query.h"
