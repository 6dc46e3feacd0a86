#pragma once
#include "archive/xdomea/tree.h"

namespace eakte::archive {

/// The versions differ in two families: 2.3.0 and 2.4.0; 3.0.0 and 3.1.0.
enum class XdomeaFamily { two, three };

/// Holds the part of a message we work with against the structure of its version: every child known, in its
/// place and often enough; ids, dates, truth values and codes of the right form. What we do not read
/// (contacts, addresses, extensions, the course of business) is left to the XSD. Throws BadMessage.
void require_structure(const XdomeaNode& root, XdomeaFamily family);

}  // namespace eakte::archive
