#include "stats/deviance.h"

#include <math.h>

#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>

double irm_deviance(double x, double m, double difference)
{
	gsl_sf_result result;
	if (x <= 0)
		return m;
	double u = -difference / x; /* m = x (1 + u) */
	if (fabs(u) > 0.5)
		return x * log(x / m) - difference;
	return gsl_sf_log_1plusx_mx_e(u, &result) ? (double)NAN : fmax(-x * result.val, 0);
}

double irm_log_factorial_rest(double x)
{
	gsl_sf_result star;
	if (x <= 0)
		return 0;
	if (gsl_sf_gammastar_e(x, &star))
		return (double)NAN;
	return 0.5 * log(2 * acos(-1.0) * x) + log(star.val);
}

double irm_poisson_log(double x, double m)
{
	return -irm_deviance(x, m, x - m) - irm_log_factorial_rest(x);
}
