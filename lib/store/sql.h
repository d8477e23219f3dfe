/* The SQL files of sql/, as the Makefile embeds them; each ends in NUL. */
#ifndef IRM_STORE_SQL_H
#define IRM_STORE_SQL_H

extern const char irm_sql_schema[];    /* the tables of a package; version 1 */
extern const char irm_sql_history[];   /* the loads; version 2 */
extern const char irm_sql_migrate_1[]; /* a file of version 1, before irm_sql_history */

#endif
