#include <string.h>

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include "plots/fonts.h"

/* The Arabic font for screens has lines as high as the Latin one's; DejaVu has Arabic letters too,
 * which are not wanted. */
static const char families[] =
        "Noto Sans, Noto Sans Arabic UI, Noto Sans Arabic, DejaVu Sans, Noto Sans CJK SC";

/* Their files; all others are refused by name, before they are looked at. What has no dot is a
 * folder, and must not be refused. */
static const char settings[] =
        "<fontconfig>"
        "<dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>"
        "<cachedir>/var/cache/fontconfig</cachedir><cachedir prefix=\"xdg\">fontconfig</cachedir>"
        "<selectfont><acceptfont>"
        "<glob>*/NotoSans-Regular.*</glob><glob>*/NotoSans-Bold.*</glob>"
        "<glob>*/NotoSansArabic*-Regular.*</glob><glob>*/NotoSansArabic*-Bold.*</glob>"
        "<glob>*/DejaVuSans.*</glob><glob>*/DejaVuSans-Bold.*</glob>"
        "<glob>*/NotoSansCJK-Regular.*</glob><glob>*/NotoSansCJK-Bold.*</glob>"
        "</acceptfont><rejectfont><glob>*.*</glob></rejectfont></selectfont>"
        "</fontconfig>";

const char *irm_fonts_families(void)
{
	return families;
}

static bool has_noto_sans(FcConfig *config)
{
	const FcFontSet *set = FcConfigGetFonts(config, FcSetSystem);
	for (int i = 0; set && i < set->nfont; i++) {
		FcChar8 *family;
		if (FcPatternGetString(set->fonts[i], FC_FAMILY, 0, &family) == FcResultMatch &&
		    !strcmp((const char *)family, "Noto Sans"))
			return true;
	}
	return false;
}

bool irm_fonts_pin(void)
{
	FcConfig *config = FcConfigCreate();
	bool pinned = config &&
	              FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)settings, FcFalse) &&
	              FcConfigBuildFonts(config) && has_noto_sans(config) &&
	              FcConfigSetRescanInterval(config, 0) && FcConfigSetCurrent(config);
	if (config)
		FcConfigDestroy(config);
	return pinned;
}

PangoFontMap *irm_fonts_any(void)
{
	FcConfig *config = FcInitLoadConfigAndFonts();
	PangoFontMap *fonts = config ? pango_cairo_font_map_new() : NULL;
	if (fonts && PANGO_IS_FC_FONT_MAP(fonts))
		pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts), config);
	if (config)
		FcConfigDestroy(config);
	return fonts;
}
