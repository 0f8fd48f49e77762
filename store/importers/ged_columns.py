"""The columns of UCDP GED, by the names that the codebook gives them."""


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
NEEDED = _columns(
    """id type_of_violence side_a side_b source_article where_prec where_coordinates latitude
    longitude country date_prec date_start date_end deaths_a deaths_b deaths_civilians
    deaths_unknown best low high"""
)
"""The columns without which a row says too little, or not how exactly."""
