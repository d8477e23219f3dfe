/* The SQL files of sql/, as the Makefile embeds them; each ends in NUL. */
#ifndef IRM_STORE_SQL_H
#define IRM_STORE_SQL_H

extern const char irm_sql_schema[];

#endif
