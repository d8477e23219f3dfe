/* The gettext catalogues of po/, as the Makefile embeds them: .mo files, low byte first, sorted and
 * without a hash table. */
#ifndef IRM_PLOTS_CATALOGUES_H
#define IRM_PLOTS_CATALOGUES_H

extern const unsigned char irm_catalogue_fr[], irm_catalogue_es[], irm_catalogue_ru[],
        irm_catalogue_zh[], irm_catalogue_ar[];

#endif
