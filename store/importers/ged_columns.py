"""The columns of UCDP GED, by the names that the codebook gives them."""

from collections.abc import Mapping


def _columns(names: str) -> tuple[str, ...]:
    return tuple(names.split())


COLUMNS_49 = _columns(
    """id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id
    conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a
    side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office source_date
    source_headline source_original where_prec where_coordinates where_description adm_1 adm_2
    latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec
    date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa
    gwnob"""
)
"""The columns in the order of GED 23.1 and later."""
COLUMNS_41 = _columns(
    """id year active_year type_of_violence conflict_new_id conflict_name dyad_new_id dyad_name
    side_a_new_id side_a side_b_new_id gwnob side_b number_of_sources source_article source_office
    source_date source_headline source_original where_prec where_coordinates adm_1 adm_2 latitude
    longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start
    date_end deaths_a deaths_b deaths_civilians deaths_unknown low best high"""
)
"""The columns in the order of a file of one country."""
EXPECTED = _columns(
    """id type_of_violence side_a side_b source_article where_prec where_coordinates latitude
    longitude country date_prec date_start date_end deaths_a deaths_b deaths_civilians
    deaths_unknown best low high"""
)
"""The columns that are read where a file has them; the account names those that it lacks."""
NEEDED = _columns(
    """id type_of_violence side_a side_b source_article where_prec date_prec date_start date_end
    best"""
)
"""The columns without which a row says too little, or not how exactly."""
PRECISIONS = ("1", "2", "3", "4", "5", "6", "7")
"""The codes of `where_prec`."""
SIDES = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
"""The columns of the dead of each side, in the order of the sides."""
ALIASES: Mapping[str, str] = {
    "best_est": "best",
    "low_est": "low",
    "high_est": "high",
    "conflict_id": "conflict_new_id",
    "dyad_id": "dyad_new_id",
    "side_a_id": "side_a_new_id",
    "side_b_id": "side_b_new_id",
    "event_id": "id",
    "type_of_vi": "type_of_violence",
    "number_of_": "number_of_sources",
    "source_art": "source_article",
    "source_ori": "source_original",
    "where_coor": "where_coordinates",
    "event_clar": "event_clarity",
    "deaths_civ": "deaths_civilians",
    "deaths_unk": "deaths_unknown",
    "side_a_new": "side_a_new_id",
    "side_b_new": "side_b_new_id",
    "dyad_new_i": "dyad_new_id",
    "active_yea": "active_year",
    "code_statu": "code_status",
    "priogrid_g": "priogrid_gid",
}
"""Names of earlier files (`best_est`), and as shapefiles cut them to ten letters."""
VERSIONS = _columns("version ged_version gedversion candidate_version release")
"""Columns that people add to files that they put together from several releases."""
VIOLENCE: Mapping[str, str] = {
    "state-based": "1",
    "state-based conflict": "1",
    "state-based violence": "1",
    "state-based armed conflict": "1",
    "non-state": "2",
    "non-state conflict": "2",
    "non-state violence": "2",
    "one-sided": "3",
    "one-sided violence": "3",
    "one-side violence": "3",
}
"""The codes of `type_of_violence` by their words."""
