#include <lcms2.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "archive/error.h"
#include "archive/pdf/conformance.h"

namespace eakte::archive {
namespace {

struct ProfileCloser {
  void operator()(void* profile) const { cmsCloseProfile(profile); }
};
using Profile = std::unique_ptr<void, ProfileCloser>;

struct TransformDeleter {
  void operator()(void* transform) const { cmsDeleteTransform(transform); }
};

struct PipelineFreer {
  void operator()(cmsPipeline* pipeline) const { cmsPipelineFree(pipeline); }
};

struct TextFreer {
  void operator()(cmsMLU* text) const { cmsMLUfree(text); }
};

std::string saved(const Profile& profile) {
  cmsUInt32Number size = 0;
  if (!profile || cmsSaveProfileToMem(profile.get(), nullptr, &size) == 0)
    throw Error("cannot make a colour profile");
  std::string bytes(size, '\0');
  if (cmsSaveProfileToMem(profile.get(), bytes.data(), &size) == 0)
    throw Error("cannot make a colour profile");
  // lcms2 puts the present time into bytes 24 to 35 of the header; a fixed one makes bytes reproducible.
  constexpr std::string_view first_of_january_2026("\x07\xEA\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00", 12);
  std::copy(first_of_january_2026.begin(), first_of_january_2026.end(), bytes.begin() + 24);
  return bytes;
}

/// CMYK to Lab over sRGB: each ink takes away from its complement, black from all.
cmsInt32Number ink_to_lab(const cmsUInt16Number* ink, cmsUInt16Number* lab, void* to_lab) {
  constexpr double full = 65535.0;
  std::array<cmsUInt16Number, 3> rgb{};
  for (std::size_t i = 0; i < rgb.size(); ++i) {
    rgb[i] = static_cast<cmsUInt16Number>((full - ink[i]) * (full - ink[3]) / full);
  }
  cmsDoTransform(to_lab, rgb.data(), lab, 1);
  return 1;
}

void set_text(const Profile& profile, cmsTagSignature tag, const char* value) {
  const std::unique_ptr<cmsMLU, TextFreer> text(cmsMLUalloc(nullptr, 1));
  if (!text || cmsMLUsetASCII(text.get(), "en", "US", value) == 0 ||
      cmsWriteTag(profile.get(), tag, text.get()) == 0) {
    throw Error("cannot make a colour profile");
  }
}

}  // namespace

std::string srgb_profile() { return saved(Profile(cmsCreate_sRGBProfile())); }

std::string cmyk_profile() {
  constexpr cmsUInt32Number grid_points = 7;
  const Profile rgb(cmsCreate_sRGBProfile());
  const Profile lab(cmsCreateLab4Profile(nullptr));
  const std::unique_ptr<void, TransformDeleter> to_lab(cmsCreateTransform(
      rgb.get(), TYPE_RGB_16, lab.get(), TYPE_Lab_16, INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOCACHE));
  const std::unique_ptr<cmsPipeline, PipelineFreer> pipeline(cmsPipelineAlloc(nullptr, 4, 3));
  cmsStage* table = cmsStageAllocCLut16bit(nullptr, grid_points, 4, 3, nullptr);
  if (!to_lab || !pipeline || table == nullptr) throw Error("cannot make a colour profile");
  // A version 4 table is saved only between curves.
  cmsPipelineInsertStage(pipeline.get(), cmsAT_END, cmsStageAllocToneCurves(nullptr, 4, nullptr));
  cmsPipelineInsertStage(pipeline.get(), cmsAT_END, table);
  cmsPipelineInsertStage(pipeline.get(), cmsAT_END, cmsStageAllocToneCurves(nullptr, 3, nullptr));
  cmsStageSampleCLut16bit(table, ink_to_lab, to_lab.get(), 0);

  const Profile profile(cmsCreateProfilePlaceholder(nullptr));
  if (!profile) throw Error("cannot make a colour profile");
  cmsSetProfileVersion(profile.get(), 4.2);
  cmsSetDeviceClass(profile.get(), cmsSigInputClass);
  cmsSetColorSpace(profile.get(), cmsSigCmykData);
  cmsSetPCS(profile.get(), cmsSigLabData);
  cmsSetHeaderRenderingIntent(profile.get(), INTENT_PERCEPTUAL);
  set_text(profile, cmsSigProfileDescriptionTag, "CMYK by subtraction from sRGB");
  set_text(profile, cmsSigCopyrightTag, "Public domain");
  if (cmsWriteTag(profile.get(), cmsSigMediaWhitePointTag, cmsD50_XYZ()) == 0 ||
      cmsWriteTag(profile.get(), cmsSigAToB0Tag, pipeline.get()) == 0) {
    throw Error("cannot make a colour profile");
  }
  return saved(profile);
}

}  // namespace eakte::archive
