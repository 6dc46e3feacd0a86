#pragma once

/// qpdf as this module uses it. The setting says that std::shared_ptr is used throughout
/// (qpdf/PointerHolder.hh).
#define POINTERHOLDER_TRANSITION 4  // NOLINT(cppcoreguidelines-macro-usage)

#include <qpdf/Buffer.hh>
#include <qpdf/BufferInputSource.hh>
#include <qpdf/Pipeline.hh>
#include <qpdf/Pl_Flate.hh>
#include <qpdf/Pl_QPDFTokenizer.hh>
#include <qpdf/Pl_String.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFMatrix.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFTokenizer.hh>
#include <qpdf/QPDFWriter.hh>
#include <qpdf/QUtil.hh>

#include <string>

namespace eakte::archive {

/// The value of a key in a dictionary, or in that of a stream; null when it is missing or `object` is
/// neither. Unlike QPDFObjectHandle::getKey it never throws about foreign nonsense.
inline QPDFObjectHandle member(QPDFObjectHandle object, const std::string& key) {
  if (object.isDictionary()) return object.getKey(key);
  if (object.isStream()) return object.getDict().getKey(key);
  return QPDFObjectHandle::newNull();
}

/// Likewise for an item of an array.
inline QPDFObjectHandle item(QPDFObjectHandle object, int index) {
  if (!object.isArray() || index < 0 || index >= object.getArrayNItems()) return QPDFObjectHandle::newNull();
  return object.getArrayItem(index);
}

}  // namespace eakte::archive
