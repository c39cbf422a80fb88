"""What the coming months may cost, as far as past months tell.

``series``         months with what they cost, checked
``spend``          real usage to such months
``least_squares``  columns fitted to errors
``effects``        seasons, outliers and steps
``smoothing``      the models, and how well each fits
``paths``          ways to go on, drawn from them
``outlook``        months ahead with their intervals, and budgets
"""

from scrimp.forecast.outlook import History, Limit, outlook
from scrimp.forecast.series import Month, Point, Series, checked

__all__ = ["History", "Limit", "Month", "Point", "Series", "checked", "outlook"]
