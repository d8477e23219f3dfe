/* Names in other languages: words for the codes of the model, and a pattern for what is numbered.
 */
#include <stdio.h>

#include "stats/sim_world.h"

enum { LANGS = 5 };
static const char *const langs[LANGS] = { "fr", "es", "ru", "zh", "ar" };

/* Words in the order of langs; `code` is a milestone's, a region's or a type's. */
struct words {
	const char *kind, *code, *word[LANGS];
};

static const struct words words[] = {
	{ "milestone",
	  "started",
	  { "État informé du début", "Estado informado del inicio",
	    "Государство уведомлено о начале", "通知国家审议开始",
	    "إبلاغ الدولة ببدء الاستعراض" } },
	{ "milestone",
	  "focal_point",
	  { "Point de contact désigné", "Coordinador designado", "Координатор назначен",
	    "指定联络人", "تسمية جهة الوصل" } },
	{ "milestone",
	  "teleconference",
	  { "Première téléconférence", "Primera teleconferencia", "Первая телеконференция",
	    "首次电话会议", "المؤتمر الهاتفي الأول" } },
	{ "milestone",
	  "self_assessment",
	  { "Auto-évaluation remise", "Autoevaluación presentada", "Самооценка представлена",
	    "提交自评", "تقديم التقييم الذاتي" } },
	{ "milestone",
	  "desk_review",
	  { "Résultat de l'examen préalable remis", "Resultado del examen documental presentado",
	    "Результат кабинетного обзора представлен", "提交案头审议结果",
	    "تقديم نتائج الاستعراض المكتبي" } },
	{ "milestone",
	  "dialogue",
	  { "Dialogue achevé", "Diálogo concluido", "Диалог завершен", "对话结束",
	    "اختتام الحوار" } },
	{ "milestone",
	  "summary_agreed",
	  { "Résumé analytique approuvé", "Resumen acordado", "Резюме согласовано", "商定执行摘要",
	    "الاتفاق على الخلاصة الوافية" } },
	{ "milestone",
	  "report_agreed",
	  { "Rapport approuvé", "Informe acordado", "Доклад согласован", "商定审议报告",
	    "الاتفاق على التقرير" } },
	{ "region",
	  "AFR",
	  { "États d'Afrique", "Estados de África", "Государства Африки", "非洲国家",
	    "الدول الأفريقية" } },
	{ "region",
	  "APG",
	  { "États d'Asie et du Pacifique", "Estados de Asia y el Pacífico",
	    "Государства Азиатско-Тихоокеанского региона", "亚洲-太平洋国家",
	    "دول آسيا والمحيط الهادئ" } },
	{ "region",
	  "EEG",
	  { "États d'Europe orientale", "Estados de Europa Oriental",
	    "Государства Восточной Европы", "东欧国家", "دول أوروبا الشرقية" } },
	{ "region",
	  "GRULAC",
	  { "États d'Amérique latine et des Caraïbes", "Estados de América Latina y el Caribe",
	    "Государства Латинской Америки и Карибского бассейна", "拉丁美洲和加勒比国家",
	    "دول أمريكا اللاتينية ومنطقة البحر الكاريبي" } },
	{ "region",
	  "WEOG",
	  { "États d'Europe occidentale et autres États",
	    "Estados de Europa Occidental y otros Estados",
	    "Государства Западной Европы и другие государства", "西欧和其他国家",
	    "دول أوروبا الغربية ودول أخرى" } },
	{ "type",
	  "capacity_building",
	  { "Renforcement des capacités", "Creación de capacidad", "Создание потенциала",
	    "能力建设", "بناء القدرات" } },
	{ "type",
	  "good_practices",
	  { "Bonnes pratiques", "Buenas prácticas", "Успешные виды практики", "良好做法",
	    "الممارسات الجيدة" } },
	{ "type",
	  "legal_advice",
	  { "Conseils juridiques", "Asesoramiento jurídico", "Юридические консультации", "法律咨询",
	    "المشورة القانونية" } },
	{ "type",
	  "legislative_drafting",
	  { "Aide à la rédaction de lois", "Ayuda para redactar leyes",
	    "Помощь в составлении законов", "立法起草援助", "المساعدة في صياغة التشريعات" } },
	{ "type",
	  "model_legislation",
	  { "Législation type", "Legislación modelo", "Типовое законодательство", "示范立法",
	    "التشريعات النموذجية" } },
	{ "type",
	  "on_site_assistance",
	  { "Aide sur place d'un expert", "Asistencia in situ de un experto",
	    "Помощь эксперта на месте", "专家实地援助", "مساعدة خبير في الموقع" } },
};

static void put_key(struct irm_writer *out, const char *kind, const char *code, int lang)
{
	irm_writer_text(out, kind);
	irm_writer_text(out, code);
	irm_writer_text(out, langs[lang]);
}

static void write_article(struct irm_writer *out, int article)
{
	char code[IRM_SIM_CODE_SIZE];
	snprintf(code, sizeof code, "%d", article);
	put_key(out, "article", code, 0);
	irm_sim_put(out, "Article fictif %d", article);
	irm_writer_row(out);
	put_key(out, "article", code, 1);
	irm_sim_put(out, "Artículo ficticio %d", article);
	irm_writer_row(out);
	put_key(out, "article", code, 2);
	irm_sim_put(out, "Вымышленная статья %d", article);
	irm_writer_row(out);
	put_key(out, "article", code, 3);
	irm_sim_put(out, "虚构条款%d", article);
	irm_writer_row(out);
	put_key(out, "article", code, 4);
	irm_sim_put(out, "المادة الخيالية %d", article);
	irm_writer_row(out);
}

static void write_state(struct irm_writer *out, int64_t state)
{
	char code[IRM_SIM_CODE_SIZE];
	irm_sim_state_code(code, state);
	put_key(out, "state", code, 0);
	irm_sim_put(out, "État fictif %s", code);
	irm_writer_row(out);
	put_key(out, "state", code, 1);
	irm_sim_put(out, "Estado ficticio %s", code);
	irm_writer_row(out);
	put_key(out, "state", code, 2);
	irm_sim_put(out, "Вымышленное государство %s", code);
	irm_writer_row(out);
	put_key(out, "state", code, 3);
	irm_sim_put(out, "虚构国家%s", code);
	irm_writer_row(out);
	put_key(out, "state", code, 4);
	irm_sim_put(out, "الدولة الخيالية %s", code);
	irm_writer_row(out);
}

static void write_cycle(struct irm_writer *out, int32_t mechanism, int32_t cycle)
{
	char code[IRM_SIM_CODE_SIZE];
	irm_sim_cycle_code(code, mechanism, cycle);
	put_key(out, "cycle", code, 0);
	irm_sim_put(out, "Cycle d'examen fictif %d", cycle + 1);
	irm_writer_row(out);
	put_key(out, "cycle", code, 1);
	irm_sim_put(out, "Ciclo de examen ficticio %d", cycle + 1);
	irm_writer_row(out);
	put_key(out, "cycle", code, 2);
	irm_sim_put(out, "Вымышленный цикл обзора %d", cycle + 1);
	irm_writer_row(out);
	put_key(out, "cycle", code, 3);
	irm_sim_put(out, "虚构审议周期%d", cycle + 1);
	irm_writer_row(out);
	put_key(out, "cycle", code, 4);
	irm_sim_put(out, "دورة الاستعراض الخيالية %d", cycle + 1);
	irm_writer_row(out);
}

void irm_sim_write_labels(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng)
{
	(void)rng;
	for (int a = 0; a < IRM_SIM_ARTICLES; a++)
		write_article(out, a + IRM_SIM_FIRST);
	for (int32_t m = 0; m < world->mechanisms; m++)
		for (int32_t c = 0; c < world->cycles; c++)
			write_cycle(out, m, c);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		for (int lang = 0; lang < LANGS; lang++) {
			put_key(out, words[i].kind, words[i].code, lang);
			irm_writer_text(out, words[i].word[lang]);
			irm_writer_row(out);
		}
	for (size_t s = 0; s < world->n_states; s++)
		write_state(out, (int64_t)s);
}
