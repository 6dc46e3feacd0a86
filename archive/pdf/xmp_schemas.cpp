#include "archive/pdf/xmp_schemas.h"

namespace eakte::archive {
namespace {

constexpr std::string_view exif = "http://ns.adobe.com/exif/1.0/";
constexpr std::string_view media = "http://ns.adobe.com/xmp/1.0/DynamicMedia/";

}  // namespace

const XmpTable xmp_schemas[15] = {
    {"", "http://purl.org/dc/elements/1.1/",
     "contributor Bag ProperName;coverage Text;creator Seq ProperName;date Seq Date;description Lang Alt;"
     "format MIMEType;identifier Text;language Bag Locale;publisher Bag ProperName;relation Bag Text;"
     "rights Lang Alt;source Text;subject Bag Text;title Lang Alt;type Bag Text"},
    {"", "http://ns.adobe.com/xap/1.0/",
     "Advisory Bag XPath;BaseURL URL;CreateDate Date;CreatorTool AgentName;Identifier Bag Text;Label Text;"
     "MetadataDate Date;ModifyDate Date;Nickname Text;Rating Real;Thumbnails Alt Thumbnail"},
    {"", "http://ns.adobe.com/xap/1.0/rights/",
     "Certificate URL;Marked Boolean;Owner Bag ProperName;UsageTerms Lang Alt;WebStatement URL"},
    {"", "http://ns.adobe.com/xap/1.0/mm/",
     "DerivedFrom ResourceRef;DocumentID URI;History Seq ResourceEvent;InstanceID URI;"
     "ManagedFrom ResourceRef;Manager AgentName;ManageTo URI;ManageUI URI;ManagerVariant Text;"
     "RenditionClass RenditionClass;RenditionParams Text;VersionID Text;Versions Seq Version;LastURL URL;"
     "RenditionOf ResourceRef;SaveID Integer"},
    {"", "http://ns.adobe.com/xap/1.0/bj/", "JobRef Bag Job"},
    {"", "http://ns.adobe.com/xap/1.0/t/pg/",
     "MaxPageSize Dimensions;NPages Integer;Fonts Bag Font;Colorants Seq Colorant;PlateNames Seq Text"},
    {"", "http://ns.adobe.com/pdf/1.3/", "Keywords Text;PDFVersion Text;Producer AgentName"},
    {"", "http://www.aiim.org/pdfa/ns/id/", "part Integer;conformance {A|U|B};amd Text;corr Text"},
    {"", "http://ns.adobe.com/photoshop/1.0/",
     "AuthorsPosition Text;CaptionWriter ProperName;Category Text;City Text;Country Text;Credit Text;"
     "DateCreated Date;Headline Text;Instructions Text;Source Text;State Text;"
     "SupplementalCategories Bag Text;TransmissionReference Text;Urgency Integer"},
    {"", "http://ns.adobe.com/tiff/1.0/",
     "ImageWidth Integer;ImageLength Integer;BitsPerSample Seq Integer;SamplesPerPixel Integer;"
     "XResolution Rational;YResolution Rational;TransferFunction Seq Integer;WhitePoint Seq Rational;"
     "PrimaryChromaticities Seq Rational;YCbCrCoefficients Seq Rational;ReferenceBlackWhite Seq Rational;"
     "DateTime Date;ImageDescription Lang Alt;Make ProperName;Model ProperName;Software AgentName;"
     "Artist ProperName;Copyright Lang Alt;Compression {1|6};PhotometricInterpretation {2|6};"
     "Orientation {1|2|3|4|5|6|7|8};PlanarConfiguration {1|2};YCbCrPositioning {1|2};ResolutionUnit {2|3};"
     "YCbCrSubSampling Seq {1|2}"},
    {"", exif,
     "CompressedBitsPerPixel Rational;PixelXDimension Integer;PixelYDimension Integer;UserComment Lang Alt;"
     "RelatedSoundFile Text;DateTimeOriginal Date;DateTimeDigitized Date;ExposureTime Rational;"
     "FNumber Rational;SpectralSensitivity Text;ISOSpeedRatings Seq Integer;OECF OECF;"
     "ShutterSpeedValue Rational;ApertureValue Rational;BrightnessValue Rational;"
     "ExposureBiasValue Rational;MaxApertureValue Rational;SubjectDistance Rational;Flash Flash;"
     "FocalLength Rational;SubjectArea Seq Integer;FlashEnergy Rational;SpatialFrequencyResponse OECF;"
     "FocalPlaneXResolution Rational;FocalPlaneYResolution Rational;SubjectLocation Seq Integer;"
     "ExposureIndex Rational;CFAPattern CFAPattern;DigitalZoomRatio Rational;"
     "FocalLengthIn35mmFilm Integer;DeviceSettingDescription DeviceSettings;ImageUniqueID Text;"
     "ExposureProgram {0|1|2|3|4|5|6|7|8};MeteringMode {0|1|2|3|4|5|6|255};"
     "FocalPlaneResolutionUnit {2|3};SensingMethod {1|2|3|4|5|6|7|8};FileSource {3};SceneType {1};"
     "CustomRendered {0|1};ExposureMode {0|1|2};WhiteBalance {0|1};SceneCaptureType {0|1|2|3};"
     "GainControl {0|1|2|3|4};Contrast {0|1|2};Saturation {0|1|2};Sharpness {0|1|2};"
     "SubjectDistanceRange {0|1|2|3};ExifVersion Text;FlashpixVersion Text;ColorSpace {1|65535};"
     "LightSource {0|1|2|3|4|9|10|11|12|13|14|15|17|18|19|20|21|22|23|24|255};"
     "ComponentsConfiguration Seq {0|1|2|3|4|5|6}"},
    {"", exif,
     "GPSVersionID Text;GPSLatitude GPSCoordinate;GPSLongitude GPSCoordinate;GPSAltitude Rational;"
     "GPSTimeStamp Date;GPSSatellites Text;GPSDOP Rational;GPSSpeed Rational;GPSTrack Rational;"
     "GPSImgDirection Rational;GPSMapDatum Text;GPSDestLatitude GPSCoordinate;"
     "GPSDestLongitude GPSCoordinate;GPSDestBearing Rational;GPSDestDistance Rational;"
     "GPSProcessingMethod Text;GPSAreaInformation Text;GPSMeasureMode Text;GPSAltitudeRef {0|1};"
     "GPSStatus {A|V};GPSSpeedRef {K|M|N};GPSTrackRef {T|M};GPSImgDirectionRef {T|M};"
     "GPSDestBearingRef {T|M};GPSDestDistanceRef {K|M|N};GPSDifferential {0|1}"},
    {"", "http://ns.adobe.com/exif/1.0/aux/", "Lens Text;SerialNumber Text"},
    {"", "http://ns.adobe.com/camera-raw-settings/1.0/",
     "AutoBrightness Boolean;AutoContrast Boolean;AutoExposure Boolean;AutoShadows Boolean;BlueHue Integer;"
     "BlueSaturation Integer;Brightness Integer;CameraProfile Text;ChromaticAberrationB Integer;"
     "ChromaticAberrationR Integer;ColorNoiseReduction Integer;Contrast Integer;CropTop Real;CropLeft Real;"
     "CropBottom Real;CropRight Real;CropAngle Real;CropWidth Real;CropHeight Real;CropUnits Integer;"
     "Exposure Real;GreenHue Integer;GreenSaturation Integer;HasCrop Boolean;HasSettings Boolean;"
     "LuminanceSmoothing Integer;RawFileName Text;RedHue Integer;RedSaturation Integer;Saturation Integer;"
     "Shadows Integer;ShadowTint Integer;Sharpness Integer;Temperature Integer;Tint Integer;"
     "ToneCurve Seq Point;ToneCurveName Text;Version Text;VignetteAmount Integer;VignetteMidpoint Integer;"
     "WhiteBalance {As Shot|Auto|Daylight|Cloudy|Shade|Tungsten|Fluorescent|Flash|Custom}"},
    {"", media,
     "projectRef ProjectLink;videoFrameRate Text;videoFrameSize Dimensions;videoPixelAspectRatio Rational;"
     "videoPixelDepth {8Int|16Int|32Int|32Float};videoColorSpace {sRGB|CCIR-601|CCIR-709};"
     "videoAlphaMode {straight|pre-multiplied};videoAlphaPremultipleColor Colorant;"
     "videoAlphaUnityIsTransparent Boolean;videoCompressor Text;"
     "videoFieldOrder {Upper|Lower|Progressive};"
     "pullDown {WSSWW|SSWWW|SWWWS|WWWSS|WWSSW|WSSWW_24p|SSWWW_24p|SWWWS_24p|WWWSS_24p|WWSSW_24p};"
     "audioSampleRate Integer;audioSampleType {8Int|16Int|32Int|32Float};"
     "audioChannelType {Mono|Stereo|5.1|7.1};audioCompressor Text;speakerPlacement Text;"
     "fileDataRate Rational;tapeName Text;altTapeName Text;startTimecode Timecode;altTimecode Timecode;"
     "duration Time;scene Text;shotName Text;shotDate Date;shotLocation Text;logComment Text;"
     "markers Seq Marker;contributedMedia Bag Media;absPeakAudioFilePath URI;relativePeakAudioFilePath URI;"
     "videoModDate Date;audioModDate Date;metadataModDate Date;artist Text;album Text;trackNumber Integer;"
     "genre Text;copyright Text;releaseDate Date;composer Text;engineer Text;tempo Real;instrument Text;"
     "introTime Time;outCue Time;relativeTimestamp Time;loop Boolean;numberOfBeats Real;"
     "key {C|C#|D|D#|E|F|F#|G|G#|A|A#|B};"
     "stretchMode {Fixed length|Time-Scale|Resample|Beat Splice|Hybrid};timeScaleParams TimeScaleStretch;"
     "resampleParams ResampleStretch;beatSpliceParams BeatSpliceStretch;"
     "timeSignature {2/4|3/4|4/4|5/4|7/4|6/8|9/8|12/8|other};scaleType {Major|Minor|Both|Neither}"},
};

const XmpTable xmp_structures[20] = {
    {"Colorant", "http://ns.adobe.com/xap/1.0/g/",
     "swatchName Text;mode {CMYK|RGB|LAB};type {PROCESS|SPOT};cyan Real;magenta Real;yellow Real;black Real;"
     "red Integer;green Integer;blue Integer;L Real;A Integer;B Integer"},
    {"Dimensions", "http://ns.adobe.com/xap/1.0/sType/Dimensions#", "w Real;h Real;unit Text"},
    {"Font", "http://ns.adobe.com/xap/1.0/sType/Font#",
     "fontName Text;fontFamily Text;fontFace Text;fontType Text;versionString Text;composite Boolean;"
     "fontFileName Text;childFontFiles Seq Text"},
    {"Thumbnail", "http://ns.adobe.com/xap/1.0/g/img/",
     "height Integer;width Integer;format {JPEG};image Text"},
    {"ResourceEvent", "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#",
     "action Text;instanceID URI;parameters Text;softwareAgent AgentName;when Date"},
    {"ResourceRef", "http://ns.adobe.com/xap/1.0/sType/ResourceRef#",
     "instanceID URI;documentID URI;versionID Text;renditionClass RenditionClass;renditionParams Text;"
     "manager AgentName;managerVariant Text;manageTo URI;manageUI URI"},
    {"Version", "http://ns.adobe.com/xap/1.0/sType/Version#",
     "comments Text;event ResourceEvent;modifyDate Date;modifier ProperName;version Text"},
    {"Job", "http://ns.adobe.com/xap/1.0/sType/Job#", "name Text;id Text;url URL"},
    {"BeatSpliceStretch", media, "useFileBeatsMarker Boolean;riseInDecibel Real;riseInTimeDuration Time"},
    {"Marker", media,
     "startTime Time;duration Time;comment Text;name Text;location URI;target Text;"
     "type {Chapter|Cue|Beat|Track|Index}"},
    {"Media", media, "path URI;track Text;startTime Time;duration Time;managed Boolean;webStatement URI"},
    {"ProjectLink", media, "path URI;type {movie|still|audio|custom}"},
    {"ResampleStretch", media, "quality {High|Medium|Low}"},
    {"Time", media, "value Integer;scale Rational"},
    {"Timecode", media,
     "timeValue TimeValue;timeFormat {24Timecode|25Timecode|2997DropTimecode|2997NonDropTimecode|"
     "30Timecode|50Timecode|5994DropTimecode|5994NonDropTimecode|60Timecode|23976Timecode}"},
    {"TimeScaleStretch", media, "quality {High|Medium|Low};frameSize Real;frameOverlappingPercentage Real"},
    {"Flash", exif, "Fired Boolean;Return {0|2|3};Mode {0|1|2|3};Function Boolean;RedEyeMode Boolean"},
    {"OECF", exif, "Columns Integer;Rows Integer;Names Seq Text;Values Seq Rational"},
    {"CFAPattern", exif, "Columns Integer;Rows Integer;Values Seq Integer"},
    {"DeviceSettings", exif, "Columns Integer;Rows Integer;Settings Seq Text"},
};

}  // namespace eakte::archive
