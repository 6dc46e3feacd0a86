#pragma once

// Included before everything by the fuzz build: under C++20 clang wants to evaluate the members of libstdc++'s std::vector at
// compile time and so needs the complete type of an element sooner than qpdf's JSON.hh has it; g++ does not. The function for
// filling bits is declared for compile time before, so it gets a name of its own here.
#include <string>

#pragma push_macro("_GLIBCXX20_CONSTEXPR")
#undef _GLIBCXX20_CONSTEXPR
#define _GLIBCXX20_CONSTEXPR
#define __fill_a1 __fill_a1_of_bits
#include <vector>
#undef __fill_a1
#pragma pop_macro("_GLIBCXX20_CONSTEXPR")
